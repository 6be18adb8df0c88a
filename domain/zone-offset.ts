import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Per zone and UTC day: the offset that holds all day, milliseconds; absent on days of a clock change. */
const steady = new Map<string, Map<number, number>>();

/** What local time is ahead of UTC by at a moment, milliseconds. Asked often: the answers of whole days are kept. */
export function offsetMs(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const day = Math.floor(at / DAY_MS);
  const days = steady.get(zone) ?? new Map<number, number>();
  const kept = days.get(day);
  if (kept !== undefined) return kept;

  const [morning, night] = [lookUp(day * DAY_MS, zone), lookUp((day + 1) * DAY_MS, zone)];
  if (morning !== night) return lookUp(at, zone);
  days.set(day, morning);
  steady.set(zone, days);
  return morning;
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
