import { drop, plan } from './agenda.ts';
import { type Context, type Course, touchesIn } from './course.ts';
import type { Cause } from './journey.ts';
import { dayNumber, onDay } from './local-time.ts';
import type { Touch } from './playbook.ts';
import { addSpan } from './span.ts';

const DAY_MS = 86_400_000;

/** Plans what comes round by the calendar: birthdays, anniversaries, and touches `every` so long. */
export function planRecurring(course: Course, context: Context): Course {
  return touchesIn(course.journey.phase, context.playbook).reduce((planned, touch) => {
    if (touch.every) return planEvery(planned, touch, context);
    const date = dateOf(touch, context);
    return date ? planYearly(planned, touch, date, context) : planned;
  }, course);
}

/** The month and day that a yearly touch celebrates, `06-21`, and the first year it may. */
function dateOf(touch: Touch, { customer, zone }: Context): { month: string; from: number } | undefined {
  const { birthday } = customer.known.profile;
  if (touch.on === 'birthday') return birthday ? { month: birthday.slice(-5), from: 0 } : undefined;
  if (touch.on !== 'anniversary') return undefined;

  const placed = customer.known.orders.filter(
    (order) => order.placed && !order.cancelled && order.refunded !== 'whole',
  );
  if (placed.length === 0) return undefined;
  const first = isoDay(dayNumber(Math.min(...placed.map(({ at }) => at)), zone));
  return { month: first.slice(5), from: Number(first.slice(0, 4)) + 1 };
}

/** Plans the next round of a yearly touch, occasion the year; a changed date takes the old appointment away. */
function planYearly(
  course: Course,
  touch: Touch,
  date: { month: string; from: number },
  context: Context,
): Course {
  const { moment, zone } = context;
  const today = dayNumber(moment, zone);
  const thisYear = Math.max(Number(isoDay(today).slice(0, 4)), date.from);
  const year = dayIn(thisYear, date.month) >= today ? thisYear : thisYear + 1;
  if (Number(course.journey.counters[touch.name]?.last ?? 0) >= year && !isPlanned(course, touch))
    return course;

  const at = onDay(dayIn(year, date.month), 0, zone);
  const because: Cause = { type: touch.on, id: String(year), at };
  const moved = drop(course, 'moot', (appointment) => {
    return (
      appointment.touch === touch.name && appointment.because.at > moment && appointment.because.at !== at
    );
  });
  return plan(moved, touch, { occasion: because.id, because }, context);
}

function isPlanned(course: Course, touch: Touch): boolean {
  return course.journey.agenda.some((appointment) => appointment.touch === touch.name);
}

/** Plans the next of what comes `every` so long, counted from the one before, the first from the phase's start. */
function planEvery(course: Course, touch: Touch, context: Context): Course {
  const { every = {} } = touch;
  if (isPlanned(course, touch)) return course;

  const { counters, since } = course.journey;
  const earlier = counters[touch.name];
  let at = addSpan(earlier?.at ?? since, every, context.zone);
  while (at <= context.moment) at = addSpan(at, every, context.zone);
  const occasion = String((earlier?.count ?? 0) + 1);
  return plan(course, touch, { occasion, because: { type: 'every', id: occasion, at } }, context);
}

/** The day of a month and day in a year; 29 February is the 28th where there is none. */
function dayIn(year: number, month: string): number {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return Date.parse(`${year}-${month === '02-29' && !leap ? '02-28' : month}T00:00:00Z`) / DAY_MS;
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
