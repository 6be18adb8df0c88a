import { askCapsFor, askedDays } from './ask-cap.ts';
import type { Customer } from './customer.ts';
import { firstFree } from './frequency-cap.ts';
import { dayNumber, firstOpen, isQuiet } from './local-time.ts';
import { isOpenTo } from './objection.ts';
import { closedBy } from './open-days.ts';
import { openDaysOf, openMoment, takenIn } from './open-moment.ts';
import type { Playbook, Touch } from './playbook.ts';
import { agreesTo, barredBy } from './reachable.ts';
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
  const barred = barredBy(contact.customer, contact.touch);
  if (barred) return { kind: 'skipped', reason: barred };

  const { touch, at } = contact;
  const marketing = touch.kind === 'marketing';
  if (marketing && !agreesTo(contact.customer, touch)) return { kind: 'skipped', reason: 'no-consent' };
  if (!isOpenTo(contact.customer, touch)) return { kind: 'skipped', reason: 'objection' };

  const silence = marketing ? silenceOf(contact.customer, at) : undefined;
  if (silence) return { kind: 'postponed', ...silence };

  if (contact.expires !== undefined && at >= contact.expires) return { kind: 'skipped', reason: 'expired' };
  if (!contact.wanted) return { kind: 'skipped', reason: 'condition' };
  return marketing ? refuseMarketing(contact) : undefined;
}

/** Why marketing may not go now though the customer may be written to, or undefined. */
function refuseMarketing({ customer, playbook, touch, key, at, inHoldout }: Contact): Refusal | undefined {
  const { quiet } = playbook.contact;
  const zone = zoneOf(customer, playbook);
  const day = dayNumber(at, zone);
  const fit = {
    ...{ touch, playbook, zone, spreadBy: customer.id, taken: takenDays(customer, zone, key) },
    asked: askCapsFor(touch, playbook, askedDays(customer, zone, key)),
  };
  const open = () => openMoment(fit, at);
  const closed = closedBy(day, openDaysOf(touch, playbook));
  if (closed) return { kind: 'postponed', until: open(), reason: closed };
  if (quiet && isQuiet(at, quiet, zone)) {
    return { kind: 'postponed', until: firstOpen(at, quiet, zone), reason: 'quiet-hours' };
  }

  if (firstFree(takenIn(fit), day) > day) return { kind: 'postponed', until: open(), reason: 'cap' };
  return inHoldout ? { kind: 'skipped', reason: 'holdout' } : undefined;
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
