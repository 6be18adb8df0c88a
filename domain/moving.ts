import { drop, plan } from './agenda.ts';
import { type Context, type Course, changed, factsAt, touchesIn } from './course.ts';
import { matches } from './filter.ts';
import type { Cause, Journey } from './journey.ts';
import { admits, PHASES, type Phase } from './phases.ts';
import type { MoveRule } from './playbook.ts';
import { addSpan } from './span.ts';

/** Moves the journey to another phase if an event or a criterion says so: at most one move a decision. */
export function move(course: Course, heard: readonly Cause[], context: Context): Course {
  const byHand = moveByHand(course, context);
  if (byHand) return byHand;

  const { phase } = course.journey;
  const { fallsBack } = context.playbook.phases[phase];
  const fall = fallsBack && heard.find(({ type }) => fallsBack.on.includes(type));
  if (fall) return enter(course, fallsBack.to, fall, context);

  const rule = context.playbook.phases[phase].movesOn.find((candidate) =>
    isMet(candidate, course.journey, context),
  );
  if (rule) return enter(course, rule.to, causeOfMove(rule, course.journey, heard, context), context);
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

/** A marketer's move: placed is not entered, unless a welcome is asked for. */
function moveByHand(course: Course, context: Context): Course | undefined {
  const event = context.events.findLast(({ type }) => type === 'move');
  const to = PHASES.find((phase) => phase === event?.data?.to);
  if (!event || !to || to === course.journey.phase) return undefined;

  const because = { type: 'move', id: event.id, at: event.at };
  return event.data?.welcome ? enter(course, to, because, context) : placeIn(course, to, because);
}

/** Whether a criterion holds now: its delay is over, its facts match, and the phase's invariants admit the customer. */
function isMet({ to, after, when }: MoveRule, journey: Journey, context: Context): boolean {
  if (PHASES.indexOf(to) <= PHASES.indexOf(journey.phase)) return false;
  if (after && addSpan(journey.since, after, context.zone) > context.moment) return false;

  const facts = factsAt(context, journey);
  return (!when || matches(when, facts, context.moment)) && admits(to, facts, context.moment);
}

/** What a move answers: the last thing heard, the end of a delay, or what began the phase just entered. */
function causeOfMove(
  { after }: MoveRule,
  { since, phase, playbook }: Journey,
  heard: readonly Cause[],
  context: Context,
): Cause {
  const last = heard.at(-1);
  if (last) return last;
  if (after) return { type: 'after', id: phase, at: addSpan(since, after, context.zone) };
  const at = playbook === context.playbook.version ? since : context.moment;
  return { type: 'after', id: phase, at };
}

/** Enters a phase: what its predecessor planned for itself goes, and its own `entering` touches are planned. */
export function enter(course: Course, phase: Phase, because: Cause, context: Context): Course {
  const left = changed(
    leave(course, phase),
    { phase, since: because.at },
    { kind: 'entered', phase, because },
  );
  return touchesIn(phase, context.playbook)
    .filter(({ on }) => on === 'entering')
    .reduce((planned, touch) => {
      const count = planned.journey.counters[touch.name]?.count ?? 0;
      if (count > 0 && !touch.again) return planned;
      return plan(
        planned,
        touch,
        { occasion: String(count + 1), because: { ...because, type: 'entering' } },
        context,
      );
    }, left);
}

/** Places the customer in a phase without its `entering` touches: they have been there for long. */
export function placeIn(course: Course, phase: Phase, because: Cause): Course {
  return changed(leave(course, phase), { phase, since: because.at }, { kind: 'placed', phase, because });
}

function leave(course: Course, phase: Phase): Course {
  if (course.journey.phase === phase) return course;
  return drop(course, 'phase-left', ({ because }) => because.type === 'entering' || because.type === 'every');
}

/** The next moment at which a delayed criterion may hold. */
export function moveMoments(journey: Journey, { playbook, zone }: Context): number[] {
  const delays = playbook.phases[journey.phase].movesOn.flatMap(({ after }) => (after ? [after] : []));
  return delays.map((after) => addSpan(journey.since, after, zone));
}
