import { leaveOut, plan } from './agenda.ts';
import { impliedPhase } from './beginning.ts';
import { type Context, type Course, changed, factsAt, touchesIn } from './course.ts';
import { matches } from './filter.ts';
import type { Appointment, Cause, Journey } from './journey.ts';
import { mayBeJudged } from './objection.ts';
import { causeOf } from './occasions.ts';
import { admits, isForward, PHASES, type Phase } from './phases.ts';
import type { MoveRule } from './playbook.ts';
import { addSpan } from './span.ts';

/** Moves the journey to another phase if an event or a criterion says so: at most one move a decision. */
export function move(course: Course, heard: readonly Cause[], context: Context): Course {
  const free = heard.length > 0 ? freed(course) : course;
  const byHand = moveByHand(free, context);
  if (byHand) return byHand;

  const { fallsBack } = context.playbook.phases[free.journey.phase];
  const fall = fallsBack && heard.find(({ type }) => fallsBack.on.includes(type));
  if (fall) return enter(free, fallsBack.to, fall, context);
  return moveOn(free, heard, context);
}

/** Whoever was placed in a phase stays there until they do something: then the criteria count again. */
function freed({ journey: { placed: _placed, ...journey }, changes }: Course): Course {
  return { journey, changes };
}

/** Moves on by the first criterion that is met. Whoever has lapsed stays where they are. */
function moveOn(course: Course, heard: readonly Cause[], context: Context): Course {
  const { journey } = course;
  const history = heard.length === 0 && context.events.at(-1);
  const implied = history && impliedPhase(context.customer, context.playbook, context.moment, journey.phase);
  if (implied && implied !== journey.phase) return placeIn(course, implied, causeOf(history), context);
  if (journey.lapsed) return leaveFirstContact(course, heard, context);

  const rules = context.playbook.phases[journey.phase].movesOn;
  const rule = rules.find(
    (candidate) => (!journey.placed || candidate.after) && isMet(candidate, journey, context),
  );
  if (rule) {
    const because = causeOfMove(rule, journey, heard, context);
    return journey.placed
      ? placeIn(course, rule.to, because, context) // time alone has passed: that is no news to them
      : enter(course, rule.to, because, context);
  }
  return leaveFirstContact(course, heard, context);
}

/** Whoever bought is no first contact any more, whatever the playbook says. */
function leaveFirstContact(course: Course, heard: readonly Cause[], context: Context): Course {
  const { journey } = course;
  const to = 'getting-acquainted';
  if (journey.phase !== 'first-contact' || admits(journey.phase, factsAt(context, journey), context.moment))
    return course;
  return enter(course, to, causeOfMove({ to }, journey, heard, context), context);
}

/**
 * A marketer's move: placed is not entered, unless a welcome is asked for. Their word goes before the criteria;
 * only whoever bought is never a first contact again.
 */
function moveByHand(course: Course, context: Context): Course | undefined {
  const { events, moment } = context;
  const event = events.findLast(({ type, acts }) => type === 'move' && acts);
  const to = PHASES.find((phase) => phase === event?.data?.to);
  if (!event || !to || to === course.journey.phase) return undefined;
  if (to === 'first-contact' && !admits(to, factsAt(context, course.journey), moment)) return undefined;

  const because = causeOf(event);
  return event.data?.welcome ? enter(course, to, because, context) : placeIn(course, to, because, context);
}

/** Whether a criterion holds now: its delay is over, its facts match, and the phase's invariants admit the customer. */
function isMet({ to, after, when }: MoveRule, journey: Journey, context: Context): boolean {
  if (!isForward(journey.phase, to)) return false;
  if (after && addSpan(journey.since, after, context.zone) > context.moment) return false;
  if (!mayBeJudged(context.customer, when)) return false;

  const facts = factsAt(context, journey);
  return (!when || matches(when, facts, context.moment)) && admits(to, facts, context.moment);
}

/** A phase that began, or a delay that ended, so shortly before is what a move answers, to the millisecond. */
const AT_ONCE_MS = 60_000;

/** What a move answers: the last thing heard; the end of its delay or what began the phase; or this moment. */
function causeOfMove(
  { after }: MoveRule,
  { since, phase }: Journey,
  heard: readonly Cause[],
  { zone, moment }: Context,
): Cause {
  const last = heard.at(-1);
  if (last) return last;
  const begun = after ? addSpan(since, after, zone) : since;
  return { type: 'after', id: phase, at: moment - begun <= AT_ONCE_MS ? begun : moment };
}

/** Enters a phase: what its predecessor planned for itself goes, and its own `entering` touches are planned. */
export function enter(course: Course, phase: Phase, because: Cause, context: Context): Course {
  const since = Math.max(because.at, course.journey.since);
  const left = changed(leave(course, phase, context), { phase, since }, { kind: 'entered', phase, because });
  return touchesIn(phase, context.playbook)
    .filter(({ on }) => on === 'entering')
    .reduce((planned, touch) => {
      const count = planned.journey.counters[touch.name]?.count ?? 0;
      if (count > 0 && !touch.again) return planned;
      const cause = { occasion: String(count + 1), because: { ...because, type: 'entering' } };
      return plan(planned, touch, cause, context);
    }, freed(left));
}

/** Places the customer in a phase without its `entering` touches: they have been there for long. */
export function placeIn(course: Course, phase: Phase, because: Cause, context: Context): Course {
  const there = { phase, since: context.moment, placed: true } as const;
  return changed(leave(course, phase, context), there, { kind: 'placed', phase, because });
}

/** Of touches that the next phase does not know: these were of the phase left. What an event caused stays. */
const OF_THE_PHASE = ['entering', 'every'];
const OF_THE_YEAR = ['birthday', 'anniversary'];

function leave(course: Course, next: Phase, { playbook, moment }: Context): Course {
  const staying = new Set(touchesIn(next, playbook).map(({ name }) => name));
  const isToCome = ({ type, at }: Cause) => OF_THE_YEAR.includes(type) && at > moment;
  const goes = ({ touch, because }: Appointment) =>
    !staying.has(touch) && (OF_THE_PHASE.includes(because.type) || isToCome(because));

  return leaveOut(course, 'phase-left', goes);
}

/** The next moment at which a delayed criterion may hold. */
export function moveMoments(
  journey: Journey,
  { playbook, zone }: Pick<Context, 'playbook' | 'zone'>,
): number[] {
  const delays = playbook.phases[journey.phase].movesOn.flatMap(({ after }) => (after ? [after] : []));
  return delays.map((after) => addSpan(journey.since, after, zone));
}
