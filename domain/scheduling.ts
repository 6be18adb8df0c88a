import { askCapsFor, askedDays } from './ask-cap.ts';
import type { Ask } from './asks.ts';
import { silenceOf, takenDays } from './contact-policy.ts';
import { type Context, type Course, changed, touchesByName } from './course.ts';
import type { Appointment, Journey } from './journey.ts';
import { dayNumber } from './local-time.ts';
import { moves } from './moves.ts';
import { fittingMoment, freeMoment } from './open-moment.ts';
import { asWishedBy } from './own-cap.ts';
import type { Touch } from './playbook.ts';
import { RELEASE_SPREAD_MS, releaseMoment } from './release.ts';
import { sendKey } from './send.ts';
import { isStopped } from './sending.ts';
import { isSupported } from './support.ts';

/**
 * Gives every appointment its planned moment: into open hours and free places, the most important first.
 *
 * What silences marketing (a complaint, a pause, a rest) takes its appointments' moments away, or moves them to its
 * end; when it is lifted they are planned anew, one place after the other, so that there is no burst.
 */
export function schedule(course: Course, context: Context): Course {
  const { journey } = course;
  const calendar = calendarOf(journey, context);
  const rank = (appointment: Appointment) => (stands(appointment, calendar) ? 0 : 1); // what is due now goes first
  const inOrder = [...journey.agenda].sort((a, b) => rank(a) - rank(b) || byImportance(a, b));
  const agenda = inOrder.map((appointment) => place(appointment, calendar)).sort(byDue);
  const reason = context.isReplanned ? 'playbook' : 'contact-policy';
  const moved = moves(journey.agenda, agenda, { uncapped: calendar.uncapped, reason });
  return changed(heeded(course, agenda, context), { agenda }, ...moved);
}

/** Once mail is started again, or nothing waits, the journey need not be woken for that any more. */
function heeded(course: Course, agenda: readonly Appointment[], { sending }: Context): Course {
  const { stopped, ...journey } = course.journey;
  const waitsOn = sending?.stopped !== undefined && agenda.some(({ waits }) => waits);
  return stopped && !waitsOn ? { ...course, journey } : course;
}

/** What appointments are placed into. */
type Calendar = Context & {
  readonly customerId: string;
  readonly touches: ReadonlyMap<string, Touch>;
  /** Until when marketing is silent; 0: it is not, endless: until something happens. */
  readonly silentUntil: number;
  /** Whether something came due while mail was stopped. */
  readonly hasWaited: boolean;
  /** The local days of what was sent. */
  readonly held: readonly number[];
  /** Those of what has been placed, and what it asks; it grows with each appointment. */
  readonly planned: { readonly day: number; readonly ask?: Ask }[];
  /** When what the frequency caps move would be due without them; it grows likewise. */
  readonly uncapped: Map<Appointment, number>;
};

function calendarOf({ customerId, resting, stopped }: Journey, context: Context): Calendar {
  const { customer, playbook, zone, moment } = context;
  const silence = silenceOf(customer, moment);
  return {
    ...context,
    customerId,
    playbook: asWishedBy(customer, playbook),
    touches: touchesByName(playbook),
    silentUntil: resting ? Infinity : silence ? (silence.until ?? Infinity) : 0,
    hasWaited: stopped === true,
    held: takenDays(customer, zone),
    planned: [],
    uncapped: new Map(),
  };
}

function place(appointment: Appointment, calendar: Calendar): Appointment {
  const touch = calendar.touches.get(appointment.touch);
  const bound = touch?.kind === 'marketing' && isSupported(touch) ? touch : undefined;
  const { due, ...rest } = appointment;
  const waitsForMail = calendar.hasWaited && rest.waits;
  const { sending } = calendar;
  const isHeldBack = waitsForMail && sending && isStopped(sending, touch?.kind ?? 'service');
  if ((bound && calendar.silentUntil === Infinity) || isHeldBack) {
    return { ...rest, waits: true };
  }
  const free = waitsForMail ? release(appointment, bound, calendar) : appointment;
  return bound ? settleIn(free, bound, calendar) : unbound(free);
}

/** Service mail comes when it is wanted. */
function unbound({ due: _due, waits: _waits, ...rest }: Appointment): Appointment {
  return { ...rest, due: Math.max(rest.wanted, rest.notBefore ?? 0) };
}

/** Of the time that what waited is spread over, service mail takes the first part. */
const SERVICE_PART = 0.25;

/** What waited for mail to be started again comes not before a moment of its own. */
function release(appointment: Appointment, bound: Touch | undefined, calendar: Calendar): Appointment {
  const { customerId, zone, moment, playbook, sending } = calendar;
  const { wanted, notBefore = 0, expires } = appointment;
  const waited = { ...appointment, notBefore: sending ? 0 : notBefore }; // known to leave: no reason to wait longer
  const from = bound ? roomFor(waited, bound, calendar).due : Math.max(wanted, waited.notBefore, moment);
  const quiet = bound ? playbook.contact.quiet : undefined;
  const released = { customerId, from, expires, quiet, zone };
  const spreadMs = (sending?.spreadMs ?? 0) * (bound ? 1 : SERVICE_PART);
  return { ...appointment, notBefore: releaseMoment(released, spreadMs) };
}

/** A marketing touch goes where the contact policy has room; or to its expiry, if that comes first. */
function settleIn(appointment: Appointment, touch: Touch, calendar: Calendar): Appointment {
  const { due: was = 0, waits: _waits, ...rest } = appointment;
  const { expires = Infinity } = rest;
  const open = stands(appointment, calendar) ? { due: was } : roomFor(appointment, touch, calendar);
  const isTooLate = open.due >= expires;
  const settled = { ...rest, due: isTooLate ? Math.max(expires, calendar.moment) : open.due };
  if (open.uncapped !== undefined) calendar.uncapped.set(settled, open.uncapped);
  const { asks: ask } = touch;
  if (!isTooLate) calendar.planned.push({ day: dayNumber(open.due, calendar.zone), ...(ask && { ask }) });
  return settled;
}

/** Whether an appointment is due, and keeps its moment. */
function stands({ due, wanted, notBefore = 0 }: Appointment, calendar: Calendar): boolean {
  const { moment, silentUntil } = calendar;
  if (due === undefined || due > moment || isLate(due, calendar)) return false;
  return due >= Math.max(wanted, notBefore, silentUntil);
}

function isLate(at: number, { moment, grace }: Calendar): boolean {
  return moment - at > grace;
}

/** Birthdays and the like are wanted at a time of a day, and may be learned of later on that day. */
const OF_A_DAY = ['birthday', 'anniversary'];

/** When a touch may go, and when it might without the frequency caps, where these move it. */
type Room = { readonly due: number; readonly uncapped?: number };

/** The first moment that suits a touch; from now on, where it is late or was to come later. */
function roomFor(appointment: Appointment, touch: Touch, calendar: Calendar): Room {
  const { moment, playbook, zone } = calendar;
  const { wanted, notBefore = 0, waits, due: was = 0, because } = appointment;
  const earliest = Math.max(wanted, notBefore, endOfSilence(appointment, touch, calendar));
  const fromNow = waits || was > moment || isLate(earliest, calendar) || OF_A_DAY.includes(because.type);
  const fit = {
    ...{ touch, playbook, zone, spreadBy: calendar.customerId },
    ...takenByOthers(appointment, touch, calendar),
    missedOn: dayOf(appointment, calendar),
  };
  const from = fromNow ? Math.max(earliest, moment) : earliest;
  const uncapped = fittingMoment(fit, from);
  const due = freeMoment(fit, uncapped);
  return due > uncapped ? { due, uncapped } : { due };
}

/** From when on a silence that ends by itself lets an appointment go; each customer's at another moment. */
function endOfSilence(
  { wanted, notBefore = 0, expires }: Appointment,
  { at }: Touch,
  { silentUntil, customerId, playbook, zone }: Calendar,
): number {
  const isSilenced = silentUntil > 0 && silentUntil >= Math.max(wanted, notBefore);
  if (!isSilenced || at) return silentUntil;
  const { quiet } = playbook.contact;
  return releaseMoment({ customerId, from: silentUntil, expires, quiet, zone }, RELEASE_SPREAD_MS);
}

/** The local day on which an appointment is to go, or was. */
function dayOf({ wanted, notBefore = 0, due = Infinity }: Appointment, { moment, zone }: Calendar): number {
  return dayNumber(due <= moment ? due : Math.max(wanted, notBefore), zone);
}

/** What others have taken: the place that an attempt of its own left behind is no hindrance. */
function takenByOthers({ touch: name, occasion }: Appointment, touch: Touch, calendar: Calendar) {
  const { customerId, customer, playbook, zone, held, planned } = calendar;
  const key = sendKey({ customerId, touch: name, occasion });
  const hasPlace = customer.contact.places.some((taken) => taken.key === key);
  const asked = () => [
    ...askedDays(customer, zone, key),
    ...planned.flatMap(({ day, ask }) => (ask ? [{ day, ask }] : [])),
  ];
  return {
    taken: [...(hasPlace ? takenDays(customer, zone, key) : held), ...planned.map(({ day }) => day)],
    ...(touch.asks && { asked: askCapsFor(touch, playbook, asked()) }),
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
