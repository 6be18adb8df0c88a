import { isInShare, leaveOut, plan, timesOf } from './agenda.ts';
import { type Context, type Course, changed, touchesByName, touchesIn } from './course.ts';
import type { Appointment, Journey } from './journey.ts';
import { isOpenTo } from './objection.ts';
import type { Touch } from './playbook.ts';

/** Touches that belong to a stay in one phase; what an event caused stays wherever one goes. */
const OF_THE_PHASE = ['entering', 'every'];

/**
 * Plans the agenda again after the playbook changed.
 *
 * Every appointment keeps its cause, and counts again from it. What the playbook knows no more goes; nothing is added
 * for what is past. New `entering` touches come to those inside only where a version says so.
 */
export function replan(course: Course, context: Context): Course {
  const { playbook, zone } = context;
  const planned = course.journey.playbook;
  if (planned === playbook.version) return course;

  const touches = touchesByName(playbook);
  const kept = leaveOut(course, 'removed', (appointment) => {
    return !isStillMeant(appointment, touches.get(appointment.touch), course.journey);
  });
  const agenda = kept.journey.agenda.map((appointment) => {
    const touch = touches.get(appointment.touch);
    return touch ? recounted(appointment, touch, zone) : appointment;
  });
  const rounds = forgetRounds(changed(kept, { agenda, playbook: playbook.version }), context);
  return planned === 0 ? rounds : addEntering(rounds, planned, context);
}

/** Takes off the agenda what rests on a profile, of a customer who objected to that. */
export function heedObjection(course: Course, { customer, playbook }: Context): Course {
  if (!customer.known.objection) return course;
  const touches = touchesByName(playbook);
  return leaveOut(course, 'objection', (appointment) => {
    const touch = touches.get(appointment.touch);
    return touch !== undefined && !isOpenTo(customer, touch);
  });
}

/** Whether the playbook still means an appointment: a touch that answers the same, for this customer, here. */
function isStillMeant({ because, again }: Appointment, touch: Touch | undefined, journey: Journey): boolean {
  if (again) return touch !== undefined;
  if (touch?.on !== because.type || !isInShare(touch, journey.customerId)) return false;
  const isHere = touch.phase === undefined || touch.phase === journey.phase;
  return isHere || !OF_THE_PHASE.includes(because.type);
}

function recounted(appointment: Appointment, touch: Touch, zone: string): Appointment {
  if (appointment.again) return { ...appointment, priority: touch.priority };
  const { expires: _expires, ...kept } = appointment;
  return { ...kept, priority: touch.priority, ...timesOf(touch, appointment.because, zone) };
}

/** Takes rounds to come off the agenda, so that they are planned anew by what `every` says now. */
function forgetRounds(course: Course, { moment }: Context): Course {
  const { agenda, counters } = course.journey;
  const coming = agenda.filter(({ touch, because }) => {
    return because.type === 'every' && because.at > moment && counters[touch]?.from !== undefined;
  });
  return coming.reduce(forgetRound, course);
}

/** The round stays the same, the n-th, and counts from the same moment: that of the one before. */
function forgetRound(course: Course, round: Appointment): Course {
  const { agenda, counters } = course.journey;
  const counter = counters[round.touch];
  if (counter?.from === undefined) return course;
  const before = { ...counter, count: counter.count - 1, at: counter.from };
  return changed(course, {
    agenda: agenda.filter((appointment) => appointment !== round),
    counters: { ...counters, [round.touch]: before },
  });
}

/** Plans the `entering` touches that were added since, for those inside; those placed have not entered. */
function addEntering(course: Course, since: number, context: Context): Course {
  const { phase, placed } = course.journey;
  const { addEntering: added = [] } = context.playbook;
  if (placed || added.length === 0) return course;

  const names = new Set(added.filter(({ version }) => version > since).map(({ touch }) => touch));
  return touchesIn(phase, context.playbook)
    .filter(({ name, on }) => on === 'entering' && names.has(name))
    .reduce((planned, touch) => addTouch(planned, touch, context), course);
}

/** It counts from when the phase began; what would be past, and what they had already, is not added. */
function addTouch(course: Course, touch: Touch, context: Context): Course {
  const { phase, since, counters } = course.journey;
  const { count = 0, at = 0 } = counters[touch.name] ?? {};
  const because = { type: 'entering', id: phase, at: since };
  const hadIt = count > 0 && (!touch.again || at >= since);
  if (hadIt || timesOf(touch, because, context.zone).wanted <= context.moment) return course;
  return plan(course, touch, { occasion: String(count + 1), because }, context);
}
