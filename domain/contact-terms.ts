import { z } from 'zod';
import { type Blackout, firstOutside, isBlackout } from './blackout.ts';
import type { Mode } from './mode.ts';
import { WEEKDAYS, type Weekday, WORKDAYS } from './open-days.ts';
import { Percent } from './playbook-terms.ts';
import { strict, wrong } from './strict.ts';
import type { WarmUp } from './warm-up.ts';

const NO_DAY = 'is not a day; write 2026-12-24, or 12-25 for every year';
const NO_DOUBLING = 'is not how often to double; write every 2 days';
const NO_MODE = 'is not a mode; write rehearsal, live, or { pilot: 5% }';

/** A leap year: every day of any year exists in it. */
const LEAP = '2024-';

const Day = z
  .string({ error: wrong(NO_DAY) })
  .regex(/^(\d{4}-)?\d\d-\d\d$/, NO_DAY)
  .refine((text) => isDay(isYearly(text) ? LEAP + text : text), NO_DAY);

function isYearly(day: string): boolean {
  return day.length === '12-25'.length;
}

function isDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

const Days = strict({ from: Day, to: Day })
  .refine(
    ({ from, to }) => isYearly(from) === isYearly(to),
    'has a year on one side only; write both or none',
  )
  .refine(({ from, to }) => isYearly(from) || from <= to, 'ends before it begins');

const asDays = (written: unknown) => (typeof written === 'string' ? { from: written, to: written } : written);

/** Local days in which no marketing leaves: `2026-12-24`, `12-25` for every year, or `{ from, to }`. */
export const Blackouts = z
  .array(z.preprocess(asDays, Days))
  .max(50)
  .refine(leavesADay, 'leaves no day of the year for marketing');

function leavesADay(blackouts: readonly Blackout[]): boolean {
  const newYear = Date.parse(`${LEAP}01-01`) / 86_400_000;
  return !isBlackout(firstOutside(newYear, blackouts), blackouts);
}

const WRITE_DAYS = `write workdays, or some of [ ${WEEKDAYS.join(', ')} ]`;

const WeekdayName = z.enum(WEEKDAYS, {
  error: ({ input }) => `is not a day of the week; ${weekdayHint(input)}`,
});

/** `Monday` is meant as `mon`. */
function weekdayHint(input: unknown): string {
  const short = String(input).slice(0, 3).toLowerCase();
  return WEEKDAYS.some((weekday) => weekday === short) ? `did you mean "${short}"?` : WRITE_DAYS;
}

const asWeekdays = (written: unknown) => (written === 'workdays' ? WORKDAYS : written);

/** Local days of the week on which marketing leaves: `workdays`, or `[ mon, tue ]`. */
export const Weekdays = z.preprocess(
  asWeekdays,
  z
    .array(WeekdayName, { error: wrong(`is not a list of days of the week; ${WRITE_DAYS}`) })
    .min(1, `leaves no day of the week; ${WRITE_DAYS}`)
    .transform((days): readonly Weekday[] => WEEKDAYS.filter((weekday) => days.includes(weekday))),
);

/** How a new sending domain is warmed up: `{ start: 200, double: every 2 days }`. */
export const PerDay = strict({
  start: z.int().min(1).max(1_000_000),
  double: z.string({ error: wrong(NO_DOUBLING) }).regex(/^every (day|[1-9]\d? days)$/, NO_DOUBLING),
}).transform(({ start, double }): WarmUp => ({ start, doubleDays: Number(/\d+/.exec(double)?.[0] ?? 1) }));

/** `rehearsal`, `live`, or `{ pilot: 5% }`. */
export const ModeTerm = z
  .union([z.enum(['live', 'rehearsal']), strict({ pilot: Percent })], { error: wrong(NO_MODE) })
  .transform(
    (mode): Mode => (typeof mode === 'string' ? { kind: mode } : { kind: 'pilot', share: mode.pilot }),
  );
