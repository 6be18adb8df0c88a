import type { ResultCount } from '../../domain/results.ts';
import type { ApiDeps } from '../deps.ts';

const DAY_MS = 86_400_000;
/** A page is not kept waiting longer, milliseconds. */
const PATIENCE_MS = 30_000;
/** How long counts are shown before they are made anew, and how long those that failed are not tried again. */
const REMEMBERED_MS = 10 * 60_000;

/** What the page asks for. */
export type Asked = {
  readonly per: 'touch' | 'phase';
  readonly days: number;
  readonly byChannel: boolean;
};

type Counts = readonly ResultCount[] | undefined;
type Deps = Pick<ApiDeps, 'countResults' | 'clock'>;

/** The results of the last days, ten minutes old at most; nothing where they cannot be counted in time. */
export function createResultsLately({ countResults, clock }: Deps, onFailure: (error: unknown) => void) {
  const counted = new Map<string, { readonly at: number; readonly counts: Promise<Counts> }>();

  return ({ per, days, byChannel }: Asked): Promise<Counts> => {
    const key = `${per}/${days}/${byChannel}`;
    const at = clock.serverTime();
    const known = counted.get(key);
    if (known && at - known.at < REMEMBERED_MS) return known.counts;
    const now = clock.now();
    const wanted = { per, byChannel, from: now - days * DAY_MS, to: now, now };
    const counts = countResults(wanted, PATIENCE_MS).catch((error: unknown) => {
      onFailure(error);
      return undefined;
    });
    counted.set(key, { at, counts });
    return counts;
  };
}
