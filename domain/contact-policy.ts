import type { Customer } from './customer.ts';
import { firstUncapped } from './frequency-cap.ts';
import { dayNumber, firstAtTime, firstOpen, isQuiet, onDay } from './local-time.ts';
import { isOpenTo } from './objection.ts';
import { closedBy, firstOpenDay, type OpenDays } from './open-days.ts';
import type { Playbook, Touch } from './playbook.ts';
import { RELEASE_SPREAD_MS, releaseMoment } from './release.ts';
import type { PostponeReason, SkipReason } from './send.ts';

export type ContactDecision =
  | { readonly kind: 'send' }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'postponed'; readonly until?: number; readonly reason: PostponeReason };

/** Why a touch does not leave now. */
export type Refusal = Exclude<ContactDecision, { kind: 'send' }>;

/** One touch at the door: what is known in the last moment before its first byte. */
export type Contact = {
  readonly customer: Customer;
  readonly touch: Touch;
  readonly playbook: Playbook;
  /** The send key of this attempt; a place it already holds does not count against it. */
  readonly key: string;
  /** The moment that counts: `due`, or the clock's where the touch is late. Epoch milliseconds. */
  readonly at: number;
  readonly expires?: number | undefined;
  /** Whether the touch's `when` holds now. */
  readonly wanted: boolean;
  readonly inHoldout: boolean;
  /** Whether what is meant for this customer is only rehearsed. */
  readonly rehearsed: boolean;
};

/**
 * Proposes whether a customer may be contacted now, or from when on; a conditional update then takes the place.
 *
 * The order of the checks is the design's (§6). Holdout and rehearsal come last: their rows are mails that would have
 * gone, and a rehearsal skips what would have gone to a customer who is not held out.
 */
export function proposeContact(contact: Contact): ContactDecision {
  const refusal = refuse(contact);
  if (refusal) return refusal;
  return contact.rehearsed ? { kind: 'skipped', reason: 'rehearsal' } : { kind: 'send' };
}

/** Why the customer may not be contacted now, or undefined. */
function refuse(contact: Contact): Refusal | undefined {
  const barred = barredBy(contact.customer);
  if (barred) return { kind: 'skipped', reason: barred };

  const { touch, at } = contact;
  const marketing = touch.kind === 'marketing';
  if (marketing && !hasConsent(contact.customer, touch.topic))
    return { kind: 'skipped', reason: 'no-consent' };
  if (!isOpenTo(contact.customer, touch)) return { kind: 'skipped', reason: 'objection' };

  const silence = marketing ? silenceOf(contact.customer, at) : undefined;
  if (silence) return { kind: 'postponed', ...silence };

  if (contact.expires !== undefined && at >= contact.expires) return { kind: 'skipped', reason: 'expired' };
  if (!contact.wanted) return { kind: 'skipped', reason: 'condition' };
  return marketing ? refuseMarketing(contact) : undefined;
}

/** Why marketing may not go now though the customer may be written to, or undefined. */
function refuseMarketing({ customer, playbook, touch, key, at, inHoldout }: Contact): Refusal | undefined {
  const { quiet, caps } = playbook.contact;
  const zone = zoneOf(customer, playbook);
  const taken = takenDays(customer, zone, key);
  const day = dayNumber(at, zone);
  const open = () => openMoment({ touch, playbook, zone, taken, spreadBy: customer.id }, at);
  const closed = closedBy(day, openDaysOf(touch, playbook));
  if (closed) return { kind: 'postponed', until: open(), reason: closed };
  if (quiet && isQuiet(at, quiet, zone)) {
    return { kind: 'postponed', until: firstOpen(at, quiet, zone), reason: 'quiet-hours' };
  }

  if (firstUncapped(taken, caps, day) > day) return { kind: 'postponed', until: open(), reason: 'cap' };
  return inHoldout ? { kind: 'skipped', reason: 'holdout' } : undefined;
}

/** Why nothing at all may reach this customer, service mail included; or undefined. */
function barredBy(customer: Customer): SkipReason | undefined {
  if (customer.erased) return 'erased';
  if (customer.mergedInto) return 'merged';
  if (customer.known.ended) return 'cancelled';
  if (customer.suppressed) return 'suppressed';
  return customer.known.profile.email ? undefined : 'no-address';
}

function hasConsent(customer: Customer, topic: string): boolean {
  return customer.known.consents[topic]?.granted ?? false;
}

/** What silences this customer's marketing at a moment: an open complaint, a pause; or undefined. */
export function silenceOf(
  { known }: Customer,
  at: number,
): { readonly reason: 'hold' | 'paused'; readonly until?: number } | undefined {
  if (known.complaints.open.length > 0) return { reason: 'hold' };
  if (!known.pause) return undefined;

  const { until } = known.pause;
  if (until === undefined) return { reason: 'paused' };
  return until > at ? { reason: 'paused', until } : undefined;
}

/** The time zone a customer lives by: theirs, or the shop's. */
export function zoneOf(customer: Customer, playbook: Pick<Playbook, 'shop'>): string {
  return customer.known.profile.timeZone ?? playbook.shop.timeZone;
}

/** The local days of the marketing sends that hold a place; those of `except` do not count. */
export function takenDays(customer: Customer, zone: string, except?: string): number[] {
  return customer.contact.places
    .filter(({ key, kind }) => kind === 'marketing' && key !== except)
    .map(({ due }) => dayNumber(due, zone));
}

/** What a marketing touch must fit into. */
type Fit = {
  readonly touch: Touch;
  readonly playbook: Playbook;
  readonly zone: string;
  readonly taken: readonly number[];
  /** The local day on which it missed its time (it was late, put off, learned of too late): any later hour will do. */
  readonly missedOn?: number | undefined;
  /** The customer by whose id the first moments after closed days are spread; absent: the very first. */
  readonly spreadBy?: string;
};

/** The days on which a touch may leave: of the week its own, or else everybody's; outside every blackout. */
function openDaysOf({ weekdays }: Touch, { contact }: Playbook): OpenDays {
  return { weekdays: weekdays ?? contact.weekdays, blackout: contact.blackout };
}

/**
 * The first moment from `from` on at the touch's own time, outside quiet hours and closed days, with a free place
 * under the caps.
 */
export function openMoment(fit: Fit, from: number): number {
  return freeMoment(fit, fittingMoment(fit, from));
}

/** The first moment from a fitting one on that has a free place under the caps. */
export function freeMoment(fit: Fit, fitting: number): number {
  const { caps } = fit.playbook.contact;
  let moment = fitting;
  for (;;) {
    const day = dayNumber(moment, fit.zone);
    const free = firstUncapped(fit.taken, caps, day);
    if (free === day) return moment;
    moment = fittingMoment(fit, onDay(free, 0, fit.zone));
  }
}

/** The first moment that suits the touch, the hours and the days, whatever the caps say. */
export function fittingMoment(fit: Fit, from: number): number {
  const { touch, zone, playbook } = fit;
  const moment = suitingHour(fit, from);
  const day = dayNumber(moment, zone);
  const open = firstOpenDay(day, openDaysOf(touch, playbook));
  if (open === day) return moment;

  const begins = onDay(open, 0, zone);
  if (dayNumber(begins, zone) !== open) return fittingMoment(fit, begins); // a day that never was
  const reopened = suitingHour(fit, reopening(fit, open));
  if (dayNumber(reopened, zone) === open) return reopened;
  const { at, ...anyTime } = touch; // it is quiet at its time, until a day that may be closed
  return fittingMoment({ ...fit, touch: anyTime }, at ? begins : reopened);
}

/**
 * From when on a touch may go on the first day after closed ones. Much has gathered by then, so each customer's comes
 * at a moment of its own within the first hour; what has a time of day keeps it.
 */
function reopening({ touch, playbook, zone, spreadBy }: Fit, day: number): number {
  const begins = onDay(day, 0, zone);
  if (touch.at || spreadBy === undefined) return begins;
  const { quiet } = playbook.contact;
  const from = firstOpen(begins, quiet, zone);
  const released = releaseMoment({ customerId: spreadBy, from, quiet, zone }, RELEASE_SPREAD_MS);
  return dayNumber(released, zone) === dayNumber(from, zone) ? released : from;
}

function suitingHour({ touch, playbook, zone, missedOn }: Fit, from: number): number {
  const { quiet } = playbook.contact;
  const atItsTime = () => firstOpen(touch.at ? firstAtTime(from, touch.at, zone) : from, quiet, zone);
  if (!touch.at || missedOn === undefined) return atItsTime();

  const today = firstOpen(from, quiet, zone);
  const hasMissed = dayNumber(firstAtTime(from, touch.at, zone), zone) > missedOn;
  return hasMissed && dayNumber(today, zone) === missedOn ? today : atItsTime();
}
