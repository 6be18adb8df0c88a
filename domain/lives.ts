import { withSoftOptIn } from './consents.ts';
import type { ConsentGiven, StoredEvent } from './event.ts';
import { externalId, normaliseEmail } from './identity.ts';
import type { Incoming } from './incoming.ts';
import type { Period } from './phase-tally.ts';
import type { Playbook, Span } from './playbook.ts';
import { byCustomer } from './same-customer.ts';
import { addSpan } from './span.ts';

/** What a simulation assumes where the shop's files say nothing. */
export type Assumptions = {
  /** `all`: each customer consents to every topic; `file`: to what is recorded of them; `none`: to nothing. */
  readonly consent: 'all' | 'file' | 'none';
  /** How long after an order its parcel arrives, where the files tell of no delivery. */
  readonly deliveredAfter: Span;
};

/** What all lives have in common. */
type World = { readonly playbook: Playbook; readonly period: Period; readonly assumed: Assumptions };

/**
 * What a shop reports of its customers, as the events of each, as the engine would have received them.
 *
 * What happened before the period is history, taken in at its beginning; it triggers nothing. What happens after the
 * period is left out.
 *
 * @param undated what is told of customers without a time: it is known from the first event on
 */
export function livesOf(
  reported: readonly Incoming[],
  world: World,
  undated: readonly Incoming[] = [],
): StoredEvent[][] {
  const untimed = new Set(undated);
  return byCustomer([...reported, ...undated])
    .map((own) => {
      const told = own.filter((event) => untimed.has(event));
      const known = told.reduce<Incoming['customer']>((so, { customer }) => Object.assign(so, customer), {});
      return lifeOf(
        own.filter((event) => !untimed.has(event)),
        known,
        world,
      );
    })
    .filter((life) => life.length > 0);
}

/** @param told of the customer, as known from the first event on */
function lifeOf(own: readonly Incoming[], told: Incoming['customer'], world: World): StoredEvent[] {
  const [opening, ...later] = own
    .filter(({ at }) => at < world.period.until)
    .sort((a, b) => a.at - b.at || compare(a.id, b.id));
  const customerId = opening && nameOf(opening);
  if (!customerId) return [];

  const introduced = { ...opening, customer: { ...told, ...opening.customer } };
  const all = [introduced, ...later];
  const happened = [...all, ...deliveriesOf(all, world)]
    .filter(({ at }) => at < world.period.until)
    .sort((a, b) => a.at - b.at || compare(a.id, b.id));

  return happened.map((event, index) => {
    const consent = index === 0 ? openingConsent(event, world) : consentOf(event, world);
    return { ...storedOf(event, world.period), customerId, n: index + 1, consent };
  });
}

/** The parcels of the orders of which no delivery is told. */
function deliveriesOf(own: readonly Incoming[], { playbook, assumed }: World): Incoming[] {
  const zone = own.find(({ customer }) => customer.timeZone)?.customer.timeZone ?? playbook.shop.timeZone;
  const told = new Set(own.flatMap(({ type, data }) => (type === 'delivered' ? (data?.orderId ?? []) : [])));
  return own
    .filter(({ type, data }) => type === 'purchase' && data?.orderId !== undefined && !told.has(data.orderId))
    .map(({ source, customer, at, data }) => ({
      ...{ source, type: 'delivered', id: `delivered-${data?.orderId}`, customer },
      at: addSpan(at, assumed.deliveredAfter, zone),
      data: { orderId: data?.orderId ?? '' },
    }));
}

/** An event as it is kept, apart from whose it is. */
function storedOf({ id, source, type, at, customer, data }: Incoming, { from }: Period) {
  const { id: _, ...told } = customer;
  const emailKey = told.email === undefined ? {} : { emailKey: normaliseEmail(told.email) };
  const acts = at >= from;
  return {
    ...{ id: `${source}/${id}`, type, at, acts, receivedAt: acts ? at : from },
    customer: { ...told, ...emailKey },
    ...(data && { data }),
  };
}

/** The first event of a customer gives the consents that are assumed. */
function openingConsent(event: Incoming, world: World): readonly ConsentGiven[] {
  if (world.assumed.consent !== 'all') return consentOf(event, world);
  const topics = new Set(world.playbook.touches.map(({ topic }) => topic));
  return [...topics].map((topic) => ({ topic, basis: 'consent' }));
}

/** What an event tells of consents; a purchase gives what the shop offered the objection to. */
function consentOf({ type, consent = [] }: Incoming, { playbook, assumed }: World): readonly ConsentGiven[] {
  if (assumed.consent !== 'file') return [];
  return type === 'purchase' ? withSoftOptIn(consent, playbook.shop.softOptIn) : consent;
}

/** By what a simulation calls a customer: the shop's own name of them, or the address. */
function nameOf({ source, customer: { id, email } }: Incoming): string | undefined {
  return id === undefined ? email && normaliseEmail(email) : externalId(source, id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
