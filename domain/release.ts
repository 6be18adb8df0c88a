import { stableShare } from './hash.ts';
import { firstAtTime, firstOpen, type QuietHours } from './local-time.ts';

/** Over how much open time what a pause's end or a first open day lets go is spread, milliseconds. */
export const RELEASE_SPREAD_MS = 3_600_000;

/** What is released: mail is started again, a pause ends, closed days are over. */
type Released = {
  readonly customerId: string;
  /** The first moment that suits it. */
  readonly from: number;
  readonly expires?: number | undefined;
  readonly quiet?: QuietHours | undefined;
  readonly zone: string;
};

/**
 * When a touch that was held back is to come: some time after the first moment that suits it, each
 * customer at another, so that there is no burst; before its expiry, if that is still to come.
 *
 * @param spreadMs open hours that all who waited share
 */
export function releaseMoment(
  { customerId, from, expires = Infinity, quiet, zone }: Released,
  spreadMs: number,
) {
  const room = Math.min(spreadMs, Math.max(0, expires - from));
  return afterOpenTime(from, Math.floor(room * stableShare('start-mail', customerId)), quiet, zone);
}

/** The moment until which so much open time passes, from an open moment on. */
function afterOpenTime(from: number, ms: number, quiet: QuietHours | undefined, zone: string): number {
  if (!quiet) return from + ms;
  let opens = firstOpen(from, quiet, zone);
  for (let left = ms; ; ) {
    const closes = firstAtTime(opens + 1, quiet.from, zone);
    if (opens + left < closes) return opens + left;
    left -= closes - opens;
    opens = firstOpen(closes, quiet, zone);
  }
}
