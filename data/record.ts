import type { ClientSession } from 'mongoose';
import { monotonicFactory } from 'ulid';
import type { Known } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import { fold } from '../domain/facts.ts';
import { type CustomerDocument, CustomerModel } from './customer-document.ts';
import { EventModel, fromEvent } from './event-document.ts';
import { merge } from './merge.ts';
import { type Handles, type Resolved, resolve } from './resolve.ts';
import { suppressions } from './suppressions.ts';

/** An event on its way in, not yet numbered. */
export type Arriving = Omit<StoredEvent, 'customerId' | 'n'> & {
  readonly handles: Handles;
  /** The zone of customers who told none. */
  readonly shopZone: string;
  /** Whether their workflow is to hear of it; if not, it hears of it with the next that it is to hear of. */
  readonly wakes: boolean;
};

export type Recorded = {
  readonly customerId: string;
  /** The key of an address that is new to the customer: whether it is suppressed is to be looked up once more. */
  readonly newAddress?: string;
};

/** Ids in the order they are made in, also within a millisecond: of two customers the lower id is the older. */
const nextId = monotonicFactory();

/** Thrown when an event of Rapport's own is to be kept for a customer who does not exist. */
class CustomerUnknown extends Error {
  constructor(customerId: string) {
    super(`no customer ${customerId}`);
    this.name = 'CustomerUnknown';
  }
}

/**
 * Keeps an event as its customer's next, and folds it into what is known of them: both or neither.
 *
 * Merging two customers who turn out to be one is part of it, so a repeated event merges nobody either: its insert
 * fails, and takes all with it.
 *
 * @throws a duplicate key error when the event is kept already, or its customer was made by another just now
 */
export async function record(arriving: Arriving, session: ClientSession): Promise<Recorded> {
  const who = await resolve(arriving.handles, session);
  const before = await theOne(who, arriving, session);
  const customerId = before?._id ?? nextId(arriving.receivedAt);
  const event = numbered(arriving, who, customerId, (before?.n ?? 0) + 1);
  const known = fold(before?.known, event, arriving.shopZone);
  const newAddress = known.profile.emailKey === before?.emailKey ? undefined : known.profile.emailKey;
  const suppressed = newAddress ? await suppressions.reasonFor(newAddress, session) : before?.suppressed;

  const next = { n: event.n, known, newAddress, suppressed };
  await (before ? update(before, next, arriving, session) : insert(customerId, next, arriving, session));
  await EventModel.create([fromEvent(event)], { session });
  const recheck = who.kind === 'two' ? known.profile.emailKey : newAddress;
  return { customerId, ...(recheck !== undefined && { newAddress: recheck }) };
}

type Next = {
  readonly n: number;
  readonly known: Known;
  readonly newAddress: string | undefined;
  readonly suppressed: string | undefined;
};

/** The one customer an event is about, as they are before it; undefined: nobody yet. */
function theOne(who: Resolved, { handles, receivedAt, shopZone }: Arriving, session: ClientSession) {
  if (who.kind === 'known') return who.customer;
  if (who.kind === 'two') return merge(who, { at: receivedAt, shopZone }, session);
  if (handles.customerId !== undefined) throw new CustomerUnknown(handles.customerId);
  return undefined;
}

function numbered(arriving: Arriving, who: Resolved, customerId: string, n: number): StoredEvent {
  const { handles, wakes, shopZone, customer, ...event } = arriving;
  if (customer === undefined) return { ...event, customerId, n };
  const { email, emailKey, ...patch } = customer;
  const isTaken = who.kind === 'new' && who.addressTaken;
  return { ...event, customerId, n, customer: isTaken ? patch : customer };
}

async function insert(_id: string, next: Next, { handles, wakes }: Arriving, session: ClientSession) {
  const { n, known, newAddress, suppressed } = next;
  const contact = { version: 0, places: [] };
  const kept: CustomerDocument = {
    ...{ _id, n, known, contact },
    ...(handles.externalId !== undefined && { externalIds: [handles.externalId] }),
    ...(newAddress !== undefined && { emailKey: newAddress }),
    ...(suppressed !== undefined && { suppressed }),
    ...(wakes && { undelivered: true }),
  };
  await CustomerModel.create([kept], { session });
}

async function update(
  { _id, externalIds = [] }: CustomerDocument,
  { n, known, newAddress, suppressed }: Next,
  { handles, wakes }: Arriving,
  session: ClientSession,
) {
  const { externalId } = handles;
  const attach = externalId !== undefined && !externalIds.includes(externalId);
  const changes = {
    $set: {
      ...{ n, known },
      ...(newAddress !== undefined && { emailKey: newAddress }),
      ...(suppressed !== undefined && { suppressed }),
      ...(wakes && { undelivered: true as const }),
    },
    ...(suppressed === undefined && { $unset: { suppressed: 1 as const } }),
    ...(attach && { $addToSet: { externalIds: externalId } }),
  };
  await CustomerModel.updateOne({ _id, n: n - 1 }, changes, { session });
}
