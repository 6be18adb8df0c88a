import type { ClientSession } from 'mongoose';
import { monotonicFactory } from 'ulid';
import { toldNow } from '../domain/complaints.ts';
import { isNoConsent, proofsOf, withoutRefused } from '../domain/consent-proof.ts';
import type { Known } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import { fold } from '../domain/facts.ts';
import { comesBack } from '../domain/joining.ts';
import { ledgerAfter, type Written } from '../domain/ledger.ts';
import { complaintIn } from '../domain/let-down.ts';
import type { Playbook } from '../domain/playbook.ts';
import { consentsChanged } from '../domain/webhook-message.ts';
import { keepProofs, saidBy } from './consent-events.ts';
import { type CustomerDocument, CustomerModel, toCustomer } from './customer-document.ts';
import { EventModel } from './event-document.ts';
import { keepCases } from './keep-cases.ts';
import { fromEvent } from './kept-event.ts';
import { merge } from './merge.ts';
import { keepEntries } from './point-entries.ts';
import { assertCovered } from './points-short.ts';
import { type Handles, type Resolved, resolve } from './resolve.ts';
import { suppressions } from './suppressions.ts';
import { isAnyoneTold } from './webhooks.ts';

/** An event on its way in, not yet numbered. */
export type Arriving = Omit<StoredEvent, 'customerId' | 'n'> & {
  readonly handles: Handles;
  /** The zone of customers who told none. */
  readonly shopZone: string;
  /** By which the event is judged: what it earns. */
  readonly playbook: Playbook;
  /** Whether their workflow is to hear of it; if not, it hears of it with the next that it is to hear of. */
  readonly wakes: boolean;
  /** It is history: their workflow may hear of it after everybody's news. */
  readonly background?: true;
};

export type Recorded = {
  readonly customerId: string;
  /** The key of an address that is new to the customer: whether it is suppressed is to be looked up once more. */
  readonly newAddress?: string;
};

/** Ids in the order they are made in, also within a millisecond: of two customers the lower id is the older. */
const nextId = monotonicFactory();

/** Thrown when an event of Rapport's own is to be kept for a customer who does not exist, or was erased. */
export class CustomerUnknown extends Error {
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
  const told = before ? arriving : await asWanted(arriving, session);
  const next = foldIn(told, before, who.kind === 'new' && who.addressTaken);
  const { event, known, newAddress, ledger } = next;
  const suppressed = await suppressionOf(arriving, next, before, session);

  const after = customerAfter(before, next, arriving, suppressed);
  await (before
    ? CustomerModel.replaceOne({ _id: before._id, n: before.n }, after, { session })
    : CustomerModel.create([after], { session }));
  const untold = await consentsToTell(before?.known, known);
  await EventModel.create([{ ...fromEvent(event), ...(untold && { untold }) }], { session });
  await keepProofs(proofsOf(event, known.profile.emailKey), session);
  await keepCases({ event, before: before?.known, after: known, ground: arriving.playbook }, session);
  await keepEntries([{ ...event, entries: ledger.entries }], session);
  await keepComplaint(event, arriving, session);
  const recheck = who.kind === 'two' ? known.profile.emailKey : newAddress;
  return { customerId: after._id, ...(recheck !== undefined && { newAddress: recheck }) };
}

/** The first event of a customer, without what their address refused when it was somebody's before, if nobody asked. */
async function asWanted(arriving: Arriving, session: ClientSession): Promise<Arriving> {
  const { consent, handles } = arriving;
  if (!consent?.some(isNoConsent) || handles.emailKey === undefined) return arriving;
  return { ...arriving, consent: withoutRefused(consent, await saidBy(handles.emailKey, session)) };
}

/** A low score whose giver says why is a complaint, in the same transaction: marketing is silent before the answer. */
async function keepComplaint(event: StoredEvent, arriving: Arriving, session: ClientSession) {
  const found = complaintIn(event);
  if (!found) return;
  const { at, receivedAt, shopZone, playbook } = arriving;
  const handles = { customerId: event.customerId };
  const own = { at, receivedAt, shopZone, playbook, type: 'complaint', acts: true, wakes: true, handles };
  await record({ ...own, id: `rapport/${found.id}`, data: found.data }, session);
}

/** Why the customer may not be written to; what stands there since they were erased goes when they come back. */
async function suppressionOf(
  arriving: Arriving,
  { newAddress, known }: Next,
  before: CustomerDocument | undefined,
  session: ClientSession,
): Promise<string | undefined> {
  const reason = newAddress ? await suppressions.reasonFor(newAddress, session) : before?.suppressed;
  const { emailKey } = known.profile;
  if (reason !== 'erased' || emailKey === undefined || !comesBack(arriving)) return reason;
  return (await suppressions.forget(emailKey, reason, arriving.at, session)) ? undefined : reason;
}

/** The consents that are other than before, where anyone wants to be told. */
async function consentsToTell(before: Known | undefined, after: Known) {
  const changed = consentsChanged(before?.consents ?? {}, after.consents);
  return changed && (await isAnyoneTold()) ? changed : undefined;
}

/** An event with its number, and what is known with it. */
type Next = {
  readonly event: StoredEvent;
  readonly known: Known;
  /** The key of an address that is new to the customer. */
  readonly newAddress: string | undefined;
  readonly ledger: Written;
};

/**
 * Folds an event into what is known of its customer, and into their points.
 *
 * @param before the customer as they are before it; undefined: nobody yet
 * @param addressTaken whether the address stays another's
 * @throws PointsShort when it spends more points than there are
 */
export function foldIn(
  arriving: Arriving,
  before: CustomerDocument | undefined,
  addressTaken: boolean,
): Next {
  const customerId = before?._id ?? nextId(arriving.receivedAt);
  const told = numbered(arriving, addressTaken, customerId, (before?.n ?? 0) + 1);
  const event = toldNow(told, before?.known.marks?.cases ?? []);
  const known = fold(before?.known, event, arriving.shopZone);
  const { emailKey } = known.profile;
  assertCovered(event, before?.membership);
  const customer = { ...toCustomer(before ?? { ...aNewOne(event), known }), n: event.n, known };
  const ledger = ledgerAfter({ customer, event, playbook: arriving.playbook });
  return { event, known, newAddress: emailKey === before?.emailKey ? undefined : emailKey, ledger };
}

/** The customer as they are kept after an event. */
export function customerAfter(
  before: CustomerDocument | undefined,
  { event, known, newAddress, ledger: { membership } }: Next,
  arriving: Arriving,
  suppressed: string | undefined,
): CustomerDocument {
  const { suppressed: _, externalIds: ids = [], background: __, ...rest } = before ?? aNewOne(event);
  const { externalId } = arriving.handles;
  const externalIds = externalId === undefined ? ids : [...new Set([...ids, externalId])];
  return {
    ...{ ...rest, n: event.n, known },
    ...(externalIds.length > 0 && { externalIds }),
    ...(membership && { membership }),
    ...(newAddress !== undefined && { emailKey: newAddress }),
    ...(suppressed !== undefined && { suppressed }),
    ...(arriving.wakes && { undelivered: true }),
    ...(isBackground(before, arriving) && { background: true }),
  };
}

/** Whether all that is undelivered afterwards is history. */
function isBackground(before: CustomerDocument | undefined, { wakes, background }: Arriving): boolean {
  if (!wakes) return before?.background === true;
  return background === true && (!before?.undelivered || before.background === true);
}

function aNewOne({ customerId, n }: StoredEvent): Omit<CustomerDocument, 'known'> {
  return { _id: customerId, n, contact: { version: 0, places: [] } };
}

/** The one customer an event is about, as they are before it; undefined: nobody yet. */
function theOne(who: Resolved, arriving: Arriving, session: ClientSession) {
  const { handles, receivedAt: at, shopZone, playbook } = arriving;
  if (who.kind === 'known' && who.customer.erased) throw new CustomerUnknown(who.customer._id);
  if (who.kind === 'known') return who.customer;
  if (who.kind === 'two') return merge(who, { at, shopZone, playbook }, session);
  if (handles.customerId !== undefined) throw new CustomerUnknown(handles.customerId);
  return undefined;
}

function numbered(arriving: Arriving, addressTaken: boolean, customerId: string, n: number): StoredEvent {
  const { handles, wakes, background, shopZone, playbook, customer, ...event } = arriving;
  if (customer === undefined) return { ...event, customerId, n };
  const { email, emailKey, ...patch } = customer;
  return { ...event, customerId, n, customer: addressTaken ? patch : customer };
}
