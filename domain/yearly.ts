import { drop, plan } from './agenda.ts';
import { type Context, type Course, touchesIn } from './course.ts';
import { stableShare } from './hash.ts';
import type { Cause } from './journey.ts';
import { dayNumber, onDay } from './local-time.ts';
import { isNet } from './orders.ts';
import type { Touch } from './playbook.ts';
import { addSpan } from './span.ts';

const DAY_MS = 86_400_000;

/** Plans what comes round by the calendar: birthdays, anniversaries, and touches `every` so long. */
export function planRecurring(course: Course, context: Context): Course {
  return touchesIn(course.journey.phase, context.playbook).reduce((planned, touch) => {
    if (touch.every) return planEvery(planned, touch, context);
    return YEARLY.includes(touch.on) ? planYearly(planned, touch, context) : planned;
  }, course);
}

const YEARLY = ['birthday', 'anniversary'];

/** The month and day that a yearly touch celebrates, `06-21`, and the first year it may. */
function dateOf(touch: Touch, { customer, zone }: Context): { month: string; from: number } | undefined {
  const { birthday } = customer.known.profile;
  if (touch.on === 'birthday') return birthday ? { month: birthday.slice(-5), from: 0 } : undefined;

  const placed = customer.known.orders.filter(isNet);
  if (placed.length === 0) return undefined;
  const first = isoDay(dayNumber(Math.min(...placed.map(({ at }) => at)), zone));
  return { month: first.slice(5), from: Number(first.slice(0, 4)) + 1 };
}

/** Plans the next round of a yearly touch, occasion the year; a changed date takes the old appointment away. */
function planYearly(course: Course, touch: Touch, context: Context): Course {
  const because = nextRound(course, touch, context);
  const moved = drop(course, 'moot', (appointment) => {
    const isToCome = appointment.touch === touch.name && appointment.because.at > context.moment;
    return isToCome && appointment.because.at !== because?.at;
  });
  return because ? plan(moved, touch, { occasion: because.id, because }, context) : moved;
}

/** The next day to celebrate: the one planned if it is right; else today or to come, and each year's once. */
function nextRound({ journey }: Course, touch: Touch, context: Context): Cause | undefined {
  const date = dateOf(touch, context);
  if (!date) return undefined;

  const { moment, zone } = context;
  const coming = journey.agenda.find(
    ({ touch: name, because }) => name === touch.name && because.at > moment,
  );
  const isRight = coming && coming.because.at === onDay(dayIn(Number(coming.occasion), date.month), 0, zone);
  if (isRight) return coming.because;

  const today = dayNumber(moment, zone);
  const planned = journey.counters[touch.name];
  const done = planned && planned.at <= moment ? Number(planned.last) : 0;
  const year = Math.max(Number(isoDay(today).slice(0, 4)), date.from, done + 1);
  const day = dayIn(year, date.month);
  const next = day >= today ? { year, day } : { year: year + 1, day: dayIn(year + 1, date.month) };
  return { type: touch.on, id: String(next.year), at: onDay(next.day, 0, zone) };
}

/** Plans the next of what comes `every` so long, counted from the one before, the first from the phase's start. */
function planEvery(course: Course, touch: Touch, context: Context): Course {
  const { agenda, counters } = course.journey;
  if (agenda.some((appointment) => appointment.touch === touch.name)) return course;

  const before = counters[touch.name];
  const hasCome = before && before.count > 0 && before.at <= context.moment; // else it was dropped when the phase was left
  const from = hasCome ? before.at : course.journey.since;
  let at = hasCome ? addSpan(from, touch.every ?? {}, context.zone) : firstRound(course, touch, context);
  while (at <= context.moment) at = addSpan(at, touch.every ?? {}, context.zone);
  const occasion = String((before?.count ?? 0) + 1);
  return plan(course, touch, { occasion, because: { type: 'every', id: occasion, at }, from }, context);
}

/**
 * The end of the first round since the phase began.
 *
 * Whoever was placed by their history has been there for long, nobody knows how long: they are somewhere in a round, spread evenly by
 * whole days, so that of many who were placed on one day not all hear from us on another.
 */
function firstRound({ journey }: Course, { name, every = {} }: Touch, { zone, events }: Context): number {
  const { since, placed, customerId } = journey;
  const end = addSpan(since, every, zone);
  if (!placed || events.some(({ type, acts }) => type === 'move' && acts)) return end;
  return end - Math.floor((stableShare('round', customerId, name) * (end - since)) / DAY_MS) * DAY_MS;
}

const days = new Map<string, number>();

/** The day of a month and day in a year; 29 February is the 28th where there is none. Asked often: answers are kept. */
function dayIn(year: number, month: string): number {
  const asked = `${year}-${month}`;
  const day = days.get(asked) ?? dayOf(year, month);
  days.set(asked, day);
  return day;
}

function dayOf(year: number, month: string): number {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return Date.parse(`${year}-${month === '02-29' && !leap ? '02-28' : month}T00:00:00Z`) / DAY_MS;
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
