import { type Context, type Course, changed, touchesByName } from './course.ts';
import type { Appointment } from './journey.ts';
import type { Playbook } from './playbook.ts';
import { isSupported } from './support.ts';
import { planRecurring } from './yearly.ts';

const UNSUPPORTED = { kind: 'skipped', reason: 'unsupported' } as const;

/**
 * Plans what comes round by the calendar, and settles what this version cannot do as soon as its cause has come: no
 * task is spent on it.
 *
 * A round of the calendar stays on the agenda until its day, so that the one after it is planned then.
 */
export function planRounds(course: Course, context: Context): Course {
  const planned = planRecurring(settleUnsupported(course, context), context);
  const isOver = overIn(context);
  return planned.journey.agenda.some(isOver) ? planRounds(planned, context) : planned;
}

/** Whether an agenda's moment is one to consider only: there is nothing to send. */
export function isUndoable({ touch: name }: Appointment, playbook: Playbook): boolean {
  const touch = touchesByName(playbook).get(name);
  return touch !== undefined && !isSupported(touch);
}

function settleUnsupported(course: Course, context: Context): Course {
  const isOver = overIn(context);
  const over = course.journey.agenda.filter(isOver);
  if (over.length === 0) return course;

  const agenda = course.journey.agenda.filter((appointment) => !isOver(appointment));
  const settled = over.map(
    ({ touch, occasion, wanted: due }) =>
      ({ kind: 'settled', touch, occasion, due, outcome: UNSUPPORTED }) as const,
  );
  return changed(course, { agenda }, ...settled);
}

function overIn({ playbook, moment }: Context): (appointment: Appointment) => boolean {
  return (appointment) => appointment.because.at <= moment && isUndoable(appointment, playbook);
}
