import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { emptyKnown, fold } from '../../domain/facts.ts';
import { ledgerAfter } from '../../domain/ledger.ts';
import type { EarnRule, Loyalty } from '../../domain/loyalty.ts';
import type { PointEntry } from '../../domain/membership.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { aPlaybook, CUSTOMER_ID, NOON } from './builders.ts';

type Points = NonNullable<Loyalty['points']>;

export const A_POINT_A_EURO: EarnRule = {
  on: 'purchase',
  points: 1,
  per: { amount: 100, currency: 'EUR' },
};

/** A programme that customers join with their first order, with a point a euro. */
export function aLoyalty(points: Partial<Points> = {}, others: Partial<Loyalty> = {}): Loyalty {
  const usual = {
    pendingFor: { days: 14 },
    pendingAtMost: { days: 30 },
    notice: { days: 30 },
    history: false,
  };
  return {
    terms: '2026-11',
    joining: 'automatic',
    points: { earn: { orders: A_POINT_A_EURO }, ...usual, ...points },
    ...others,
  };
}

export function aProgramme(points: Partial<Points> = {}, others: Partial<Loyalty> = {}): Playbook {
  return aPlaybook([], { loyalty: aLoyalty(points, others) });
}

/** A customer of whom nothing is known yet. */
export function aStranger(): Customer {
  const contact = { version: 0, places: [] };
  return { id: CUSTOMER_ID, n: 0, externalIds: [], known: emptyKnown(NOON), contact };
}

/** The customer with one more event, received as the engine does: folded, then into the ledger. */
export function withEvent(customer: Customer, event: StoredEvent, playbook: Playbook): Customer {
  const known = fold(customer.n > 0 ? customer.known : undefined, event, playbook.shop.timeZone);
  const folded = { ...customer, known, n: customer.n + 1 };
  const { membership } = ledgerAfter({ customer: folded, event, playbook });
  return { ...folded, ...(membership && { membership }) };
}

/** A customer of whom these events were received, in this order. */
export function received(events: readonly StoredEvent[], playbook: Playbook): Customer {
  return events.reduce((customer, event) => withEvent(customer, event, playbook), aStranger());
}

/** The lines of the ledger, as `reason points`. */
export function linesOf({ membership }: Customer): readonly string[] {
  return (membership?.entries ?? []).map(({ reason, points }: PointEntry) => `${reason} ${points}`);
}
