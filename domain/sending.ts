/** Whether mail leaves at all: somebody may have stopped it, all of it or marketing alone. */
export type Sending = {
  readonly stopped?: 'all' | 'marketing';
  /** Over how long what waited is spread once mail leaves again, milliseconds of open hours. */
  readonly spreadMs: number;
};

/** What waits comes at this pace by default: one mail in so many milliseconds. */
const PACE_MS = 500;
/** Journeys wait for a minute at least: what is spread over less comes at once. */
const LEAST_SPREAD_MS = 300_000;
const MOST_SPREAD_MS = 6 * 3_600_000;

/** Over how long the mail of so many customers who wait is spread: enough that no mail server is taken by surprise. */
export function spreadFor(waiting: number): number {
  return Math.min(Math.max(LEAST_SPREAD_MS, waiting * PACE_MS), MOST_SPREAD_MS);
}

/** Whether a mail of this kind is stopped. */
export function isStopped({ stopped }: Sending, kind: 'service' | 'marketing'): boolean {
  return stopped === 'all' || (stopped === 'marketing' && kind === 'marketing');
}
