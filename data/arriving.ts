import { withSoftOptIn } from '../domain/consents.ts';
import type { ConsentGiven, CustomerPatch, EventData } from '../domain/event.ts';
import { keyedHash, safeId } from '../domain/hash.ts';
import { externalId, normaliseEmail } from '../domain/identity.ts';
import type { Incoming } from '../domain/incoming.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { Arriving } from './record.ts';
import type { Handles } from './resolve.ts';

/** An older event changes facts and triggers nothing (design §3). */
const FRESH_MS = 48 * 3_600_000;

/** An event of Rapport's own: what a marketer or Rapport itself does to a customer. */
export type OwnEvent = {
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly customer?: CustomerPatch;
  readonly consent?: readonly ConsentGiven[];
  readonly data?: EventData;
  /** It changes facts, and triggers no touch. @default true */
  readonly acts?: false;
};

/** A journey that is asked for, besides any event of the shop's. */
export type Beginning = Pick<Incoming, 'source' | 'customer' | 'at'> & {
  readonly because: string;
  /** Whether the touches of entering the phase are wanted. */
  readonly welcome?: boolean;
};

/** What is the same for all events of a request. */
export type Arrival = {
  readonly hashKey: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** How many times as fast as the wall's clock time runs: how late an event comes is measured on the wall. */
  readonly speed: number;
  /** Topics for which the shop offers the objection at a purchase. */
  readonly softOptIn: readonly string[];
  readonly shopZone: string;
  readonly playbook: Playbook;
  readonly relevant: (type: string) => boolean;
};

/**
 * A posted event as it is kept: ids that tell an address are hashed, and an address has its key beside it.
 *
 * An imported one acts on nothing, and gives no consent that it does not name: nobody knows what the shop offered
 * at a checkout of years ago.
 */
export function fromOutside(event: Incoming, origin: 'api' | 'import', arrival: Arrival): Arriving {
  const { hashKey, receivedAt, speed } = arrival;
  const isImported = origin === 'import';
  const { id: _, ...customer } = event.customer;
  const told = {
    ...event,
    customer,
    ...(isImported && event.consent && { consent: asListed(event.consent) }),
  };
  return {
    ...eventOf(told, isImported ? { ...arrival, softOptIn: [] } : arrival),
    id: `${event.source}/${safeId(hashKey, event.id)}`,
    acts: !isImported && event.at >= receivedAt - FRESH_MS * speed,
    handles: handlesOf(event, hashKey),
    ...(isImported && { background: true }),
  };
}

function asListed(consent: readonly ConsentGiven[]): readonly ConsentGiven[] {
  return consent.map((entry) => ({ ...entry, imported: true }));
}

/** The event that a journey which is asked for begins with. */
export function startOf(id: string, beginning: Beginning, arrival: Arrival): Arriving {
  const { because, welcome, at } = beginning;
  const { id: _, ...customer } = beginning.customer;
  const data = { because, ...(welcome !== undefined && { welcome }) };
  const event = eventOf({ type: 'start', at, customer, data }, arrival);
  return { ...event, id: `rapport/${id}`, acts: true, handles: handlesOf(beginning, arrival.hashKey) };
}

/** An event of Rapport's own as it is kept. */
export function fromWithin(id: string, customerId: string, event: OwnEvent, arrival: Arrival): Arriving {
  const kept = eventOf(event, arrival);
  return {
    ...{ ...kept, id: `rapport/${id}`, acts: event.acts ?? true },
    handles: { customerId, ...addressOf(kept.customer) },
  };
}

type Told = Omit<Arriving, 'id' | 'acts' | 'handles'>;

function eventOf(event: OwnEvent, arrival: Arrival): Told {
  const { hashKey, receivedAt, softOptIn, shopZone, playbook, relevant } = arrival;
  const { type, at, data } = event;
  const customer = withKey(event.customer, hashKey);
  const consent = type === 'purchase' ? withSoftOptIn(event.consent, softOptIn) : event.consent;
  return {
    ...{ type, at, receivedAt, shopZone, playbook, wakes: relevant(type) },
    ...(customer && { customer }),
    ...(consent && consent.length > 0 && { consent }),
    ...(data && { data: withSafeOrder(data, hashKey) }),
  };
}

function handlesOf({ source, customer }: Pick<Incoming, 'source' | 'customer'>, hashKey: string): Handles {
  const { id } = customer;
  return {
    ...(id !== undefined && { externalId: externalId(source, safeId(hashKey, id)) }),
    ...addressOf(withKey(customer, hashKey)),
  };
}

/** What is told of the customer, an address with the key by which it is recognised; undefined: nothing is. */
function withKey(told: CustomerPatch | undefined, hashKey: string): CustomerPatch | undefined {
  if (told === undefined || Object.keys(told).length === 0) return undefined;
  if (told.email === undefined) return told;
  return { ...told, emailKey: keyedHash(hashKey, normaliseEmail(told.email)) };
}

function addressOf(told: CustomerPatch | undefined): Pick<Handles, 'emailKey'> {
  return told?.emailKey === undefined ? {} : { emailKey: told.emailKey };
}

/** An order's id becomes the occasion of touches, and so part of Temporal's history. */
function withSafeOrder(data: EventData, hashKey: string): EventData {
  return typeof data.orderId === 'string' ? { ...data, orderId: safeId(hashKey, data.orderId) } : data;
}
