import { type Blackout, isBlackout } from './blackout.ts';

/** The days of the week, Monday first (ISO 8601). */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** What `workdays` stands for. */
export const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** 1970-01-01, from which local days are counted, was a Thursday. */
const FIRST_DAY = WEEKDAYS.indexOf('thu');

/** How far ahead an open day is looked for, days: longer than a year, so that a yearly blackout is passed. */
const HORIZON_DAYS = 400;

/** Local days on which marketing may leave. */
export type OpenDays = {
  /** Absent: all of them. */
  readonly weekdays?: readonly Weekday[] | undefined;
  readonly blackout?: readonly Blackout[] | undefined;
};

/** The day of the week of a local calendar day, as days since 1970-01-01. */
export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(((day + FIRST_DAY) % 7) + 7) % 7] ?? 'mon';
}

/** What closes a local day to marketing, or undefined. */
export function closedBy(
  day: number,
  { weekdays, blackout = [] }: OpenDays,
): 'blackout' | 'weekday' | undefined {
  if (isBlackout(day, blackout)) return 'blackout';
  return weekdays && !weekdays.includes(weekdayOf(day)) ? 'weekday' : undefined;
}

/** The first open day from `day` on; where there is none, `day`. */
export function firstOpenDay(day: number, open: OpenDays): number {
  for (let candidate = day; candidate < day + HORIZON_DAYS; candidate += 1) {
    if (!closedBy(candidate, open)) return candidate;
  }
  return day;
}
