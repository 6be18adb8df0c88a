import { impliedPhase } from './beginning.ts';
import { type Context, type Course, changed } from './course.ts';
import type { Known } from './customer.ts';
import type { StoredEvent } from './event.ts';
import { fold } from './facts.ts';
import { lapseOf } from './lapse.ts';
import { enter, placeIn } from './moving.ts';
import { causeOf } from './occasions.ts';

/**
 * Begins a journey that has never been decided on.
 *
 * Placed is not entered: with history behind them (imported or older events), or begun by hand (`start`), customers are
 * placed in the phase that this implies, without `entering` touches, unless a `start` asks for a welcome. Else they enter the phase that
 * their first events imply.
 */
export function begin(course: Course, context: Context): Course {
  const first = context.events.find(({ acts }) => acts) ?? context.events.at(-1);
  if (course.journey.since !== 0 || !first) return course;

  const history = context.events.filter(({ acts, type }) => !acts || type === 'start');
  const isWelcome = context.events.some(({ type, data }) => type === 'start' && data?.welcome);
  if (history.length === 0 || isWelcome) {
    return enter(
      course,
      impliedPhase(context.customer, context.playbook, context.moment),
      causeOf(first),
      context,
    );
  }
  return place(course, history, first, context);
}

function place(
  course: Course,
  history: readonly StoredEvent[],
  first: StoredEvent,
  context: Context,
): Course {
  const { timeZone } = context.playbook.shop;
  const folded = history.reduce<Known | undefined>((known, event) => fold(known, event, timeZone), undefined);
  const known = folded ?? context.customer.known;
  const before = { ...context.customer, known };
  const phase = impliedPhase(before, context.playbook, first.at);
  const placed = placeIn(course, phase, causeOf(first), context);

  const lapse = lapseOf(before, context.playbook, context.zone);
  if (!lapse || lapse.at > context.moment) return placed;
  return changed(placed, { lapsed: lapse.id, rested: lapse.id, resting: true });
}
