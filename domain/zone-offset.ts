import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Per zone and UTC day: the offset that holds all day, milliseconds; or that the clock is changed on it. */
const steady = new Map<string, Map<number, number | 'changes'>>();

/** What local time is ahead of UTC by at a moment, milliseconds. Asked often: the answers of whole days are kept. */
export function offsetMs(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const day = Math.floor(at / DAY_MS);
  const days = steady.get(zone) ?? new Map<number, number | 'changes'>();
  steady.set(zone, days);
  const kept = days.get(day) ?? offsetOfDay(day, zone);
  days.set(day, kept);
  return kept === 'changes' ? onChangeDay(at, zone) : kept;
}

function offsetOfDay(day: number, zone: string): number | 'changes' {
  const [morning, night] = [lookUp(day * DAY_MS, zone), lookUp((day + 1) * DAY_MS, zone)];
  return morning === night ? morning : 'changes';
}

/** Per zone and UTC hour of days of a clock change: the offset that holds all hour. */
const steadyHours = new Map<string, Map<number, number>>();

function onChangeDay(at: number, zone: string): number {
  const hour = Math.floor(at / HOUR_MS);
  const hours = steadyHours.get(zone) ?? new Map<number, number>();
  steadyHours.set(zone, hours);
  const kept = hours.get(hour);
  if (kept !== undefined) return kept;

  const [first, last] = [lookUp(hour * HOUR_MS, zone), lookUp((hour + 1) * HOUR_MS - 1, zone)];
  if (first !== last) return lookUp(at, zone);
  hours.set(hour, first);
  return first;
}

/**
 * The moment at which the zone's clock and calendar read `local`, given as if it were UTC.
 *
 * A time that a clock change removes moves forward by what was removed; one that happens twice is the first.
 */
export function instantOf(local: number, zone: string): number {
  const [before, after] = [offsetMs(local - DAY_MS, zone), offsetMs(local + DAY_MS, zone)];
  const [first, second] = [local - before, local - after];
  if (before === after || offsetMs(first, zone) === before) return first;
  return offsetMs(second, zone) === after ? second : first;
}

function lookUp(at: number, zone: string): number {
  return IANAZone.create(zone).offset(at) * MINUTE_MS;
}
