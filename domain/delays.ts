const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait after the first temporary refusal. */
export const FIRST_WAIT_MS = 15 * MINUTE_MS;

/** How long after the first, second, third and any later one. */
const WAITS_MS = [FIRST_WAIT_MS, HOUR_MS, 4 * HOUR_MS];

/** After so long a mail that keeps being put off is given up: RFC 5321 §4.5.4.1 asks for four to five days of a
 * queue; a marketer's mail is stale after two. */
const GIVEN_UP_AFTER_MS = 48 * HOUR_MS;

/** How often a mail server put a mail off, and when it did first, epoch milliseconds. */
export type Delays = { readonly count: number; readonly firstAt?: number };

/** When a mail that was put off just now is tried again; undefined when it is given up. */
export function retryAfterDelay({ count, firstAt }: Delays, now: number): number | undefined {
  const until = now + (WAITS_MS[Math.min(count, WAITS_MS.length - 1)] ?? HOUR_MS);
  return until - (firstAt ?? now) > GIVEN_UP_AFTER_MS ? undefined : until;
}
