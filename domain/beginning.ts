import { type Context, type Course, changed } from './course.ts';
import type { Customer, Known } from './customer.ts';
import type { StoredEvent } from './event.ts';
import { factsOf, fold } from './facts.ts';
import { matches } from './filter.ts';
import type { Journey } from './journey.ts';
import { lapseOf } from './lapse.ts';
import { enter, placeIn } from './moving.ts';
import { causeOf } from './occasions.ts';
import { admits, PHASES, type Phase } from './phases.ts';
import type { MoveRule, Playbook } from './playbook.ts';

/** A journey before its first decision: whatever is stored of it is taken up then. */
export function emptyJourney(customerId: string, phase: Phase): Journey {
  return {
    v: 1,
    customerId,
    phase,
    since: 0,
    seq: 0,
    heard: 0,
    now: 0,
    playbook: 0,
    agenda: [],
    counters: {},
  };
}

/** The journey to decide on: a run that begins takes up the stored snapshot, if there is one. */
export function takenUp(journey: Journey, customer: Customer): Journey {
  return journey.seq === 0 && customer.journey ? customer.journey : journey;
}

/** The phase that a customer's facts imply, by the playbook's criteria; those with a delay count as not yet met. */
export function impliedPhase(customer: Customer, playbook: Playbook, at: number): Phase {
  let phase: Phase = 'first-contact';
  for (const candidate of PHASES) {
    if (candidate !== phase) continue;
    const facts = factsOf(customer, at, phase, at, playbook.contact.holdout);
    const rule: MoveRule | undefined = playbook.phases[phase].movesOn.find(
      ({ to, after, when }) => !after && (!when || matches(when, facts, at)) && admits(to, facts, at),
    );
    phase = rule?.to ?? phase;
  }
  return phase;
}

/**
 * Begins a journey that has never been decided on.
 *
 * Placed is not entered: with history behind them (imported or older events) customers are placed in the phase that
 * history implies, without `entering` touches, unless a `start` asks for a welcome. Else they enter the phase that
 * their first events imply.
 */
export function begin(course: Course, context: Context): Course {
  const first = context.events.find(({ acts }) => acts) ?? context.events.at(-1);
  if (course.journey.since !== 0 || !first) return course;

  const history = context.events.filter(({ acts }) => !acts);
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
  const placed = placeIn(course, phase, causeOf(first));

  const lapse = lapseOf(before, context.playbook, context.zone);
  if (!lapse || lapse.at > first.at) return placed;
  return changed(placed, { lapsed: lapse.id, rested: lapse.id, resting: true });
}
