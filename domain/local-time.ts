import { instantOf, offsetMs } from './zone-offset.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * MINUTE_MS;

/** The calendar day of a moment in a zone, as days since 1970-01-01: windows and years are counted on it. */
export function dayNumber(at: number, zone: string): number {
  return Math.floor((at + offsetMs(at, zone)) / DAY_MS);
}

/** Minutes since local midnight by the clock on the wall, 0–1439. */
function wallMinutes(at: number, zone: string): number {
  const local = at + offsetMs(at, zone);
  return Math.floor((((local % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

/**
 * The moment at which a local day's clock reads `minutes` since midnight.
 *
 * A time that daylight saving removes moves forward by what was removed; one that happens twice is the first.
 */
export function onDay(day: number, minutes: number, zone: string): number {
  return instantOf(day * DAY_MS + minutes * MINUTE_MS, zone);
}

/** The first moment at or after `at` whose local clock reads `time` (`09:30`). */
export function firstAtTime(at: number, time: string, zone: string): number {
  const minutes = minutesOf(time);
  const day = dayNumber(at, zone);
  const today = onDay(day, minutes, zone);
  if (today < at) return onDay(day + 1, minutes, zone);
  const late = isChanged(at, zone) ? onDay(day - 1, minutes, zone) : today; // yesterday's, which was left out
  return late >= at ? late : today;
}

/** Whether the clock was changed in the day before a moment. */
function isChanged(at: number, zone: string): boolean {
  return offsetMs(at - DAY_MS, zone) !== offsetMs(at, zone);
}

/** Local hours in which no marketing leaves; from the first until before the second, over midnight too. */
export type QuietHours = { readonly from: string; readonly to: string };

/** Whether a moment lies in quiet hours. */
export function isQuiet(at: number, quiet: QuietHours, zone: string): boolean {
  const [from, to, now] = [minutesOf(quiet.from), minutesOf(quiet.to), wallMinutes(at, zone)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/** The first moment at or after `at` that is not in quiet hours. */
export function firstOpen(at: number, quiet: QuietHours | undefined, zone: string): number {
  if (!quiet || !isQuiet(at, quiet, zone)) return at;
  const wait = (minutesOf(quiet.to) - wallMinutes(at, zone) + DAY_MINUTES) % DAY_MINUTES;
  const opens = (Math.floor(at / MINUTE_MS) + wait) * MINUTE_MS;
  if (offsetMs(opens, zone) === offsetMs(at, zone)) return opens;
  return firstOpen(clockChange(at, opens, zone), quiet, zone); // whatever it reads then
}

/** When between two moments the clock is changed; on a whole minute, as all clocks are. */
function clockChange(from: number, until: number, zone: string): number {
  const before = offsetMs(from, zone);
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(until / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle * MINUTE_MS, zone) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

const minutesRead = new Map<string, number>();

/** Minutes since midnight of `09:30`. Playbooks name few times, and rules ask for them often. */
function minutesOf(time: string): number {
  const known = minutesRead.get(time);
  if (known !== undefined) return known;

  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  minutesRead.set(time, hours * 60 + minutes);
  return hours * 60 + minutes;
}
