import type { MetThroughCount } from '../../data/met-through.ts';
import type { ApiDeps } from '../deps.ts';

/** Whose ways in are counted: who became known within a year. */
const COUNTED_MS = 365 * 86_400_000;
/** A page is not kept waiting longer for one of its tables. */
const PATIENCE_MS = 3_000;
/** How long a count is shown before it is made anew, and how long one that failed is not tried again. */
const REMEMBERED_MS = 60_000;

type Deps = Pick<ApiDeps, 'countMetThrough' | 'clock'>;

/** How the customers of the last year met the shop, at most a minute old; nothing where it cannot be counted soon. */
export function createMetLately({ countMetThrough, clock }: Deps, onFailure: (error: unknown) => void) {
  let counted = { at: -Infinity, counts: Promise.resolve<readonly MetThroughCount[] | undefined>([]) };

  return (): Promise<readonly MetThroughCount[] | undefined> => {
    const at = clock.serverTime();
    if (at - counted.at < REMEMBERED_MS) return counted.counts;
    const counts = countMetThrough({ from: clock.now() - COUNTED_MS }, PATIENCE_MS).catch(
      (error: unknown) => {
        onFailure(error);
        return undefined;
      },
    );
    counted = { at, counts };
    return counts;
  };
}
