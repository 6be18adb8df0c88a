import { type Context, type Course, changed, touchesByName } from './course.ts';
import type { StoredEvent } from './event.ts';
import { stableShare } from './hash.ts';
import type { Appointment, Cause, Change, Journey, TaskOutcome } from './journey.ts';
import { isOpenTo } from './objection.ts';
import { isAboutAnOrder, wantedAt } from './occasions.ts';
import type { Touch } from './playbook.ts';
import { isVirtual, LOST, type TouchOutcome } from './send.ts';
import { addSpan } from './span.ts';

/** How often an activity may fail before its touch is settled as failed. */
const MOST_FAILURES = 3;

/** How often an attempt may be lost with its worker: that says little of the touch, unless it is what kills them. */
const MOST_LOSSES = 12;

type Drop = Extract<Change, { kind: 'dropped' }>['reason'];

/** What a touch is planned for; of a round, the moment it counts from, epoch milliseconds. */
type Planned = { readonly occasion: string; readonly because: Cause; readonly from?: number };

/** Puts a touch on the agenda, once an occasion, and `oncePer` so long; a customer outside its `share` never gets it. */
export function plan(course: Course, touch: Touch, planned: Planned, context: Context): Course {
  const { journey } = course;
  const { occasion, because, from } = planned;
  if (journey.agenda.some((other) => other.touch === touch.name && other.occasion === occasion))
    return course;
  if (!isOpenTo(context.customer, touch)) return course;
  if (!isInShare(touch, journey.customerId) || isTooSoon(touch, because, journey, context)) return course;

  const appointment = {
    touch: touch.name,
    occasion,
    because,
    priority: touch.priority,
    ...timesOf(touch, because, context.zone),
  };
  const count = (journey.counters[touch.name]?.count ?? 0) + 1;
  return changed(course, {
    agenda: [...journey.agenda, appointment],
    counters: {
      ...journey.counters,
      [touch.name]: { count, last: occasion, at: because.at, ...(from !== undefined && { from }) },
    },
  });
}

/** Whether the last one of a touch is less than its `oncePer` ago, from cause to cause. */
function isTooSoon(
  { name, oncePer }: Touch,
  { at }: Cause,
  { counters }: Journey,
  { zone }: Context,
): boolean {
  const last = counters[name];
  return oncePer !== undefined && last !== undefined && at < addSpan(last.at, oncePer, zone);
}

/** Whether a customer is of those who get a touch: all, or its `share`. */
export function isInShare({ name, share }: Touch, customerId: string): boolean {
  return share === undefined || stableShare(customerId, name) < share;
}

/** When an appointment is wanted, and until when it is worth anything. */
export function timesOf(touch: Touch, because: Cause, zone: string): Pick<Appointment, 'wanted' | 'expires'> {
  const wanted = wantedAt(touch, because, zone);
  return touch.expires ? { wanted, expires: addSpan(wanted, touch.expires, zone) } : { wanted };
}

/** Takes appointments off the agenda, and says why. */
export function drop(course: Course, reason: Drop, goes: (appointment: Appointment) => boolean): Course {
  const gone = course.journey.agenda.filter(goes);
  if (gone.length === 0) return course;

  const agenda = course.journey.agenda.filter((appointment) => !goes(appointment));
  const changes = gone.map(({ touch, occasion }) => ({ kind: 'dropped', touch, occasion, reason }) as const);
  return gone.reduce(forgetLast, changed(course, { agenda }, ...changes));
}

/** What comes round has no `oncePer`; and the touches of one lapse are a chain, which a purchase answers as a whole. */
const KEPT = ['entering', 'every', 'birthday', 'anniversary', 'lapse'];

/** What did not happen does not count for `oncePer`: the next cause may have its turn. */
function forgetLast(course: Course, { touch, occasion, because }: Appointment): Course {
  const { counters } = course.journey;
  const counter = counters[touch];
  if (KEPT.includes(because.type) || counter?.last !== occasion) return course;
  return changed(course, { counters: { ...counters, [touch]: { ...counter, at: 0 } } });
}

/**
 * Takes appointments off the agenda before their time, and says why.
 *
 * An `entering` touch among them did not happen: when its phase is entered again, it may.
 */
export function leaveOut(course: Course, reason: Drop, goes: (appointment: Appointment) => boolean): Course {
  const entering = course.journey.agenda.filter((gone) => goes(gone) && gone.because.type === 'entering');
  return entering.reduce(uncounted, drop(course, reason, goes));
}

function uncounted(course: Course, { touch }: Appointment): Course {
  const { counters } = course.journey;
  const counter = counters[touch];
  if (!counter) return course;
  return changed(course, { counters: { ...counters, [touch]: { ...counter, count: counter.count - 1 } } });
}

/**
 * Drops what an event made moot by the playbook's `cancelOn`. Of touches about an order that is what the event's own
 * order caused; but a purchase cancels what earlier orders did.
 */
export function cancelBy(course: Course, event: StoredEvent, { playbook }: Context): Course {
  const orderId = event.data?.orderId;
  return drop(course, 'cancelled', (appointment) => {
    const touch = touchesByName(playbook).get(appointment.touch);
    if (!touch?.cancelOn.includes(event.type) || isOfAnotherCase(appointment, event)) return false;
    if (!orderId || !isAboutAnOrder(touch)) return true;
    return (appointment.occasion === orderId) === (event.type !== 'purchase');
  });
}

/** Whether an appointment answers one complaint, and an event is about another. */
function isOfAnotherCase({ because }: Appointment, { data }: StoredEvent): boolean {
  return because.type === 'complaint' && data?.case !== undefined && data.case !== because.id;
}

/** Hears what became of a task: its appointment is settled, or moves. An outcome without an appointment is a repeat. */
export function hearOutcome(course: Course, heard: TaskOutcome, context: Context): Course {
  const isIt = ({ touch, occasion }: Appointment) => touch === heard.touch && occasion === heard.occasion;
  const appointment = course.journey.agenda.find(isIt);
  if (!appointment) return course;

  const moved = movedBy(appointment, heard.outcome, context);
  const others = course.journey.agenda.filter((other) => !isIt(other));
  const { touch, occasion, outcome } = heard;
  const stopped = moved?.waits ? ({ stopped: true } as const) : {};
  if (moved) return changed(course, { agenda: [...others, moved], ...stopped });

  const settled = changed(course, { agenda: others }, { kind: 'settled', touch, occasion, outcome });
  const isUnsent = outcome.kind === 'skipped' && !isVirtual(outcome.reason);
  return isUnsent ? forgetLast(settled, appointment) : settled;
}

/** The appointment as an outcome leaves it, or nothing where it is settled. */
function movedBy(
  appointment: Appointment,
  outcome: TouchOutcome,
  { retryFrom }: Context,
): Appointment | undefined {
  const { due: _due, ...kept } = appointment;
  switch (outcome.kind) {
    case 'postponed':
      if (outcome.reason === 'stopped') return { ...kept, waits: true, notBefore: retryFrom };
      return { ...kept, notBefore: Math.max(outcome.until ?? 0, retryFrom) };
    case 'delayed':
      return { ...kept, notBefore: Math.max(outcome.until, retryFrom) };
    case 'failed':
      return afterFailure({ ...kept, notBefore: retryFrom }, outcome.type);
    case 'accepted':
    case 'done':
    case 'rejected':
    case 'skipped':
    case 'unknown':
      return undefined;
  }
}

/** The appointment after one failure more, unless that was one too many. */
function afterFailure(appointment: Appointment, type: string): Appointment | undefined {
  const { failures = 0, losses = 0 } = appointment;
  if (type === LOST) return losses + 1 < MOST_LOSSES ? { ...appointment, losses: losses + 1 } : undefined;
  return failures + 1 < MOST_FAILURES ? { ...appointment, failures: failures + 1 } : undefined;
}
