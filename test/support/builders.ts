import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { emptyKnown, fold } from '../../domain/facts.ts';
import type { Loyalty } from '../../domain/loyalty.ts';
import type { ContactPolicy, Playbook, Touch } from '../../domain/playbook.ts';
import type { Tier } from '../../domain/tier.ts';

/** Noon in Amsterdam on a Monday. */
export const NOON = Date.parse('2026-06-01T10:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A stay in a phase that began just now. */
export const STAY = { phase: 'relationship', since: NOON } as const;

export const CUSTOMER_ID = '01JX0000000000000000000001';

export function aTouch(touch: Partial<Touch> & { readonly name: string }): Touch {
  return {
    on: 'purchase',
    after: {},
    kind: 'marketing',
    topic: 'news',
    cancelOn: [],
    again: false,
    priority: 50,
    ...touch,
  };
}

/** A playbook with no caps, no quiet hours and no holdout, whose phases move on by order days and NPS. */
export function aPlaybook(
  touches: readonly Touch[],
  { contact = {}, ...others }: Partial<Omit<Playbook, 'contact'>> & { contact?: Partial<ContactPolicy> } = {},
): Playbook {
  return {
    version: 1,
    shop: {
      name: 'Koffiehuis Zuiderzon',
      from: 'Anna',
      replyTo: 'help@shop.example',
      locale: 'nl',
      timeZone: 'Europe/Amsterdam',
      currency: 'EUR',
      address: 'Kade 1, Groningen',
      team: [],
      softOptIn: [],
    },
    contact: { caps: [], holdout: 0, ...contact },
    touches,
    phases: {
      'first-contact': { movesOn: [{ to: 'getting-acquainted', when: { 'orders.days': { $gte: 1 } } }] },
      'getting-acquainted': { movesOn: [{ to: 'relationship', when: { 'orders.days': { $gte: 2 } } }] },
      relationship: { movesOn: [{ to: 'ambassador', when: { 'feedback.nps': { $gte: 9 } } }] },
      ambassador: { movesOn: [], fallsBack: { to: 'relationship', on: ['lapse', 'complaint'] } },
    },
    ...others,
  };
}

/** A programme whose tiers take so many orders in a year. */
export function aLadder(orders: Readonly<Record<string, number>>, others: Partial<Loyalty> = {}): Loyalty {
  const tiers = Object.entries(orders).map(
    ([name, amount]): Tier => ({
      ...{ name, title: { nl: `Trede ${name}`, en: `Tier ${name}` } },
      ...{ from: { kind: 'orders', amount }, privileges: [] },
    }),
  );
  return { terms: '2026-06', joining: 'automatic', tiers, ...others };
}

/** An event that acts; the customer gives an address and consent to news with it. */
export function anEvent(
  event: Partial<StoredEvent> & { readonly type: string; readonly n: number },
): StoredEvent {
  const at = event.at ?? NOON;
  return {
    id: `shop/${event.type}-${event.n}`,
    customerId: CUSTOMER_ID,
    at,
    receivedAt: at,
    acts: true,
    customer: { email: 'an@example.com', emailKey: 'key-an', name: { first: 'An' } },
    consent: [{ topic: 'news', basis: 'consent' }],
    ...event,
  };
}

export function aPurchase(n: number, at = NOON, orderId = `o-${n}`): StoredEvent {
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', category: 'jazz', quantity: 1, price: 1466 }];
  return anEvent({ type: 'purchase', n, at, data: { orderId, total: 1466, currency: 'EUR', items } });
}

/** A customer of whom these events are known. */
export function aCustomer(events: readonly StoredEvent[], others: Partial<Customer> = {}): Customer {
  const known = events.reduce((before, event) => fold(before, event, 'Europe/Amsterdam'), emptyKnown(NOON));
  const n = events.at(-1)?.n ?? 0;
  return {
    id: CUSTOMER_ID,
    n,
    externalIds: [],
    known,
    contact: { version: 0, places: [] },
    ...others,
  };
}
