import { openMoment, silenceOf, takenDays } from './contact-policy.ts';
import { type Context, type Course, changed } from './course.ts';
import type { Appointment, Change, Journey } from './journey.ts';
import { dayNumber } from './local-time.ts';
import type { Touch } from './playbook.ts';
import { isSupported } from './support.ts';

/**
 * Gives every appointment its planned moment: into open hours and free places, the most important first.
 *
 * What silences marketing (a complaint, a pause, a rest) takes its appointments' moments away, or moves them to its
 * end; when it is lifted they are planned anew, one place after the other, so that there is no burst.
 */
export function schedule(course: Course, context: Context): Course {
  const { journey } = course;
  const planner = plannerFor(journey, context);
  const inOrder = [...journey.agenda].sort((a, b) => planner.rank(a) - planner.rank(b) || byImportance(a, b));
  const agenda = inOrder.map((appointment) => planner.place(appointment)).sort(byDue);
  return changed(course, { agenda }, ...moves(journey.agenda, agenda));
}

function plannerFor(journey: Journey, context: Context) {
  const { customer, playbook, zone, moment, grace } = context;
  const touches = new Map(playbook.touches.map((touch) => [touch.name, touch]));
  const silence = silenceOf(customer, moment);
  const silentUntil = journey.resting ? Infinity : silence ? (silence.until ?? Infinity) : 0;
  const taken = takenDays(customer, zone);

  const isLate = (at: number) => moment - at > grace;
  const stands = ({ due, notBefore = 0 }: Appointment) =>
    due !== undefined && due <= moment && !isLate(due) && due >= Math.max(notBefore, silentUntil);

  /** The moment from which on a marketing touch looks for room; one that is late, or has waited, looks from now. */
  const from = ({ wanted, notBefore = 0, waits }: Appointment): number => {
    const earliest = Math.max(wanted, notBefore, silentUntil);
    return waits || isLate(earliest) ? Math.max(earliest, moment) : earliest;
  };

  /** A marketing touch goes where the contact policy has room; or to its expiry, if that comes first. */
  const settleIn = (appointment: Appointment, touch: Touch): Appointment => {
    const { due: was = 0, waits: _waits, ...rest } = appointment;
    const { expires = Infinity } = rest;
    const room = () => openMoment({ touch, playbook, zone, taken }, from(appointment));
    const due = stands(appointment) ? was : room();
    if (due >= expires) return { ...rest, due: Math.max(expires, moment) };

    taken.push(dayNumber(due, zone));
    return { ...rest, due };
  };

  const wait = ({ due: _due, ...appointment }: Appointment): Appointment => ({ ...appointment, waits: true });

  return {
    /** What is due now keeps its place before what is still to come. */
    rank: (appointment: Appointment) => (stands(appointment) ? 0 : 1),
    place(appointment: Appointment): Appointment {
      const touch = touches.get(appointment.touch);
      if (touch?.kind === 'marketing' && isSupported(touch)) {
        return silentUntil === Infinity ? wait(appointment) : settleIn(appointment, touch);
      }
      return { ...appointment, due: Math.max(appointment.wanted, appointment.notBefore ?? 0) };
    },
  };
}

function byImportance(a: Appointment, b: Appointment): number {
  return (
    b.priority - a.priority ||
    a.wanted - b.wanted ||
    compare(a.touch, b.touch) ||
    compare(a.occasion, b.occasion)
  );
}

function byDue(a: Appointment, b: Appointment): number {
  return (a.due ?? Infinity) - (b.due ?? Infinity) || byImportance(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What became of the agenda: planned for the first time, or moved. */
function moves(before: readonly Appointment[], after: readonly Appointment[]): Change[] {
  const was = new Map(
    before.map((appointment) => [`${appointment.touch}/${appointment.occasion}`, appointment]),
  );
  return after.flatMap((appointment): Change[] => {
    const { touch, occasion, because } = appointment;
    const earlier = was.get(`${touch}/${occasion}`);
    if (earlier?.due === appointment.due && earlier?.waits === appointment.waits) return [];

    const due = appointment.due === undefined ? {} : { due: appointment.due };
    if (earlier && isNew(earlier)) return [{ kind: 'planned', touch, occasion, ...due, because }];
    return [
      {
        kind: 'replanned',
        touch,
        occasion,
        ...due,
        reason: appointment.waits ? 'silence' : 'contact-policy',
      },
    ];
  });
}

function isNew({ due, waits, notBefore }: Appointment): boolean {
  return due === undefined && !waits && notBefore === undefined;
}
