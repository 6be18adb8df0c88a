import { InvalidArgumentError } from 'commander';
import type { Incoming } from '../domain/incoming.ts';
import { dayNumber, onDay } from '../domain/local-time.ts';
import type { Period } from '../domain/phase-tally.ts';
import type { Span } from '../domain/playbook.ts';
import { parseSpan } from '../domain/span.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 36_500;

/** What time is asked for; days as counted from 1970-01-01. */
export type Asked = { readonly from?: number; readonly until?: number; readonly days?: number };

/** Thrown when a simulation is asked for a time in which nothing can happen. */
class NoTime extends Error {
  override readonly name = 'NoTime';
}

/**
 * The time to simulate: what is asked for, else from the first to the last order, whole days on the shop's clock.
 *
 * @throws NoTime when it would end before it begins
 */
export function periodOf(orders: readonly Incoming[], zone: string, { from, until, days }: Asked): Period {
  const ordered = orders.map(({ at }) => at).sort((a, b) => a - b);
  const first = from ?? dayNumber(ordered[0] ?? 0, zone);
  const last = until ?? (days === undefined ? dayNumber(ordered.at(-1) ?? 0, zone) : first + days - 1);
  if (last < first) {
    throw new NoTime(
      `the time ends on ${isoDay(last)}, before it begins on ${isoDay(first)}: mend --from, --until or --days`,
    );
  }
  return { from: onDay(first, 0, zone), until: onDay(last + 1, 0, zone) };
}

/** Reads `2026-01-01`. */
export function dayOf(text: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(at) && isoDay(at / DAY_MS) === text) return at / DAY_MS;
  throw new InvalidArgumentError('Give a day such as 2026-01-01.');
}

/** Reads a whole number of days. */
export function wholeDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`Give a whole number of days from 1 to ${MOST_DAYS}.`);
}

/** Reads `3 days`. */
export function spanOf(text: string): Span {
  const span = parseSpan(text);
  if (span) return span;
  throw new InvalidArgumentError('Give a length of time such as "3 days".');
}

/** A day as `2026-01-01`. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
