import { hearOutcome } from './agenda.ts';
import { isNews, planAnswers } from './answering.ts';
import { keepClocks } from './case-watch.ts';
import { isTimeLapse, type TimeLapse } from './clock.ts';
import { zoneOf } from './contact-policy.ts';
import { type Context, type Course, changed, touchesByName } from './course.ts';
import type { Customer } from './customer.ts';
import { whatItDoes } from './does.ts';
import type { StoredEvent } from './event.ts';
import { begin } from './first-decision.ts';
import { hearTime } from './hearing.ts';
import type { Appointment, DecisionRecord, Journey, Task, TaskOutcome } from './journey.ts';
import { rest } from './lapse.ts';
import { move } from './moving.ts';
import { causeOf } from './occasions.ts';
import type { Playbook } from './playbook.ts';
import { heedObjection, replan } from './replanning.ts';
import { schedule } from './scheduling.ts';
import type { Sending } from './sending.ts';
import { isUndoable, planRounds } from './unsupported.ts';
import { momentsOf, waitOf } from './waiting.ts';

const MINUTE_MS = 60_000;

/** The least wait that is worth waking for: `decide` answers a due task, or a moment at least so far away. */
const LEAST_WAIT_MS = MINUTE_MS;

/** What failed, was delayed or postponed comes again after so long at the earliest. */
const RETRY_MS = 15 * MINUTE_MS;

/** How late a moment may be noticed and still stand: touches run tens of milliseconds late, a busy worker a minute. */
export const GRACE_MS = 2 * MINUTE_MS;

/** How late a moment may be noticed by a clock; in a time-lapse, however late. */
export function graceIn(timeLapse: TimeLapse): number {
  return isTimeLapse(timeLapse) ? Infinity : GRACE_MS;
}

/** The most of what was heard that one record names; a history taken in at once can be thousands. */
const MOST_NAMED = 50;

/** What is known when a decision is asked for. */
export type Known = {
  /** Already taken up (`takenUp`). */
  readonly journey: Journey;
  readonly customer: Customer;
  /** The customer's events after `journey.heard`, up to `customer.n`, in order. */
  readonly events: readonly StoredEvent[];
  readonly outcomes: readonly TaskOutcome[];
  readonly playbook: Playbook;
  /** The clock's reading, logical in a time-lapse. */
  readonly now: number;
  /** Read where something of the journey waits for mail to be started; absent: mail leaves. */
  readonly sending?: Sending;
  /** How late the clock may be for a moment to stand; endless in a time-lapse. */
  readonly grace: number;
};

/** Without `at`: nothing until something happens. */
export type Next = { readonly at?: number; readonly task?: Omit<Task, 'timeoutMs'> };

export type Answer = { readonly journey: Journey; readonly next: Next; readonly record: DecisionRecord };

/**
 * Decides what is next for a customer, and why.
 *
 * It is pure, and its input `journey` is the truth: asked again for the same `seq`, with more unheard, it answers
 * anew from the same ground. What was heard comes first, then the phase, then the agenda, then its moments.
 */
export function decideNext(known: Known): Answer {
  const context = contextOf(known);
  const { unheard: _unheard, ...carried } = known.journey;
  const asked = {
    ...carried,
    seq: carried.seq + 1,
    heard: known.customer.n,
    now: context.moment,
  };
  const start: Course = { journey: asked, changes: [] };

  const heard = known.outcomes.reduce((course, outcome) => hearOutcome(course, outcome, context), start);
  const reason = endOf(known.customer);
  const course = reason ? end(heard, reason, context) : goOn(heard, context);

  return {
    journey: course.journey,
    next: reason ? {} : nextOf(course.journey, known, context),
    record: recordOf(course, known),
  };
}

/** A journey that goes on: hears, moves, plans. */
function goOn(course: Course, context: Context): Course {
  const { ended: _ended, ...journey } = course.journey;
  const time = hearTime(begin({ ...course, journey }, context), context);
  const heard = [...time.heard, ...context.events.filter(isNews).map(causeOf)];

  const moved = move(
    time.course,
    heard.toSorted((a, b) => a.at - b.at),
    context,
  );
  const planned = planAnswers(heedObjection(replan(moved, context), context), time.heard, context);
  return schedule(rest(keepClocks(planRounds(planned, context), context), context), context);
}

/** Why a customer's journey is over, or undefined. */
function endOf({ erased, mergedInto, known }: Customer): Journey['ended'] {
  if (erased) return 'erased';
  if (mergedInto) return 'merged';
  return known.ended ? 'ended' : undefined;
}

function end(course: Course, reason: NonNullable<Journey['ended']>, { moment }: Context): Course {
  if (course.journey.ended === reason) return course;
  const because = { type: reason, id: course.journey.customerId, at: moment };
  const dropped = course.journey.agenda.map(
    ({ touch, occasion }) => ({ kind: 'dropped', touch, occasion, reason: 'ended' }) as const,
  );
  const { stopped: _stopped, ...journey } = course.journey;
  return changed({ ...course, journey }, { ended: reason, agenda: [] }, ...dropped, {
    kind: 'ended',
    because,
  });
}

function contextOf(known: Known): Context {
  const { journey, customer, playbook, events, now, grace, sending } = known;
  const zone = zoneOf(customer, playbook);
  const isReplanned = journey.playbook > 0 && journey.playbook !== playbook.version;
  const wasEnded = journey.ended !== undefined;
  const base = { customer, playbook, zone, events, grace, sending, wasEnded, isReplanned };
  const moment = momentOf(known, { ...base, moment: now, retryFrom: now });
  const retryFrom = (grace === Infinity ? moment : Math.max(moment, now)) + RETRY_MS;
  return { ...base, moment, retryFrom };
}

/**
 * The moment a decision is about: what woke it, if the clock is near that, and never before the last one.
 *
 * So touches that run some milliseconds late leave no trace in what is planned, and in a time-lapse lag delays mail
 * but changes no decision.
 */
function momentOf({ journey, events, outcomes, now, grace }: Known, context: Context): number {
  const near = (at: number) => (now - at <= grace ? at : now);
  const overdue = journey.agenda.flatMap(({ due }) => due ?? []); // whatever woke: what is overdue comes first
  const moments = momentsOf(journey, context).filter((at) => at > journey.now);
  const passed = [...overdue, ...moments].filter((at) => at <= now);

  const done = journey.agenda.filter((appointment) => outcomes.some((outcome) => isOf(appointment, outcome)));
  const happened = [
    ...events.map(({ acts, at, receivedAt }) => (acts ? at : receivedAt)),
    ...done.map(({ due = 0 }) => due),
  ];
  if (happened.length > 0) return Math.max(journey.now, near(Math.max(...happened)));
  if (grace === Infinity && journey.unheard) return journey.now; // passed on: time stands still meanwhile
  return Math.max(journey.now, passed.length > 0 ? near(Math.min(...passed)) : now);
}

function isOf({ touch, occasion }: Appointment, outcome: TaskOutcome): boolean {
  return outcome.touch === touch && outcome.occasion === occasion;
}

/** What the workflow is to wait for: the earliest appointment, or an earlier moment to consider. */
function nextOf(journey: Journey, { now, grace }: Known, context: Context): Next {
  const isPast = (at: number) => grace === Infinity && at <= now; // in a time-lapse what was passed is taken up at once
  const later = (at: number) => (isPast(at) ? at : Math.max(at, now + LEAST_WAIT_MS));
  const wait = waitOf(journey, context.moment, context);
  if (!wait) return {};
  const { at, appointment } = wait;
  if (!appointment) return { at: later(at) };
  const due = at <= now ? at : later(at);
  return isUndoable(appointment, context.playbook)
    ? { at: due }
    : { at: due, task: { ...taskOf(journey, appointment, at), ...doesOf(appointment, context) } };
}

function taskOf(
  { customerId, phase, playbook }: Journey,
  appointment: Appointment,
  due: number,
): Omit<Task, 'timeoutMs'> {
  const { touch, occasion, because, expires } = appointment;
  const task = { customerId, touch, occasion, due, because, phase, playbook };
  return expires === undefined ? task : { ...task, expires };
}

/** What its touch does in the place of a mail. */
function doesOf({ touch }: Appointment, { playbook }: Context): Pick<Task, 'does'> {
  const found = touchesByName(playbook).get(touch);
  const does = found && whatItDoes(found);
  return does ? { does } : {};
}

function recordOf({ journey, changes }: Course, { events, outcomes }: Known): DecisionRecord {
  const { customerId, seq, now: at, phase, playbook } = journey;
  const heard = [...events.slice(-MOST_NAMED).map(causeOf), ...outcomes];
  return { customerId, seq, at, phase, playbook, heard, changes };
}
