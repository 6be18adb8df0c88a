import { type ClientSession, trusted } from 'mongoose';
import { ulid } from 'ulid';
import { stricter } from '../domain/consents.ts';
import type { ContactLog, Known } from '../domain/customer.ts';
import type { EventData, StoredEvent } from '../domain/event.ts';
import { fold } from '../domain/facts.ts';
import type { Ground } from '../domain/ledger.ts';
import { stricterMarks } from '../domain/marketing-off.ts';
import { mergedMembership } from '../domain/merged-membership.ts';
import type { Playbook } from '../domain/playbook.ts';
import { AnswerModel } from './answer-document.ts';
import { type CustomerDocument, CustomerModel, toCustomer } from './customer-document.ts';
import { EventModel } from './event-document.ts';
import { GrantModel } from './grant-document.ts';
import { moveCases } from './keep-cases.ts';
import { fromEvent, toEvent } from './kept-event.ts';
import { moveSends } from './merge-sends.ts';
import { moveTasks } from './merge-tasks.ts';
import { keepEntries, moveEntries } from './point-entries.ts';

type Two = { readonly older: CustomerDocument; readonly younger: CustomerDocument };

type Circumstances = {
  /** When it turned out, epoch milliseconds. */
  readonly at: number;
  readonly shopZone: string;
  readonly playbook: Playbook;
};

/**
 * Makes one customer of two: the older wins, and the younger is theirs from now on (design §3).
 *
 * It is part of the transaction that finds it out, and writes both customers. So a receipt, a place taken, and an
 * earlier settlement of either is before it and seen by it, or after it and conflicts with it.
 *
 * @returns the older as they are afterwards
 */
export async function merge(
  { older, younger }: Two,
  { at, shopZone, playbook }: Circumstances,
  session: ClientSession,
): Promise<CustomerDocument> {
  const n = older.n + younger.n + 1;
  const both = await foldBoth(older, younger, shopZone, session);
  const merged = { ...aMerge(at), customerId: older._id, n, data: mergeData({ older, younger }, both) };
  const known = fold(both, merged, shopZone);

  await retire(younger, older._id, session); // first: the keys it gives up are the older's next
  await renumber(younger._id, older, session);
  const moved = await moveSends(younger, older._id, session);
  await GrantModel.updateMany({ customerId: younger._id }, { $set: { customerId: older._id } }, { session });
  await AnswerModel.updateMany({ customerId: younger._id }, { customerId: older._id }, { session });
  await moveTasks(younger._id, older._id, session);
  const ground = { customer: { ...toCustomer(older), n, known }, event: merged, playbook };
  const member = await uniteLedgers(younger, ground, session);
  const after = { ...united({ older, younger }, known, n, moved), ...member };
  await CustomerModel.replaceOne({ _id: older._id, n: older.n }, after, { session });
  await EventModel.create([fromEvent(merged)], { session });
  await moveCases(younger._id, after, playbook, session);
  return after;
}

/** Makes one ledger of two; what both earned for the same is taken back once. */
async function uniteLedgers(
  { _id, membership: theirs }: CustomerDocument,
  ground: Ground,
  session: ClientSession,
): Promise<Pick<CustomerDocument, 'membership'>> {
  const { customer, event } = ground;
  const { membership, entries } = mergedMembership(customer.membership, theirs, ground);
  await moveEntries(_id, customer.id, session);
  await keepEntries([{ customerId: customer.id, receivedAt: event.receivedAt, entries }], session);
  return membership ? { membership } : {};
}

function aMerge(at: number): Omit<StoredEvent, 'customerId' | 'n'> {
  return { id: `rapport/${ulid(at)}`, type: 'merged', at, receivedAt: at, acts: true };
}

/** Who became whom; and the complaints of either that what resolved the other's would resolve too: they stay open. */
function mergeData({ older, younger }: Two, both: Known): EventData {
  const open = [older, younger].flatMap(({ known }) => known.complaints.open);
  const reopened = open.filter((id) => !both.complaints.open.includes(id));
  return { from: younger._id, ...(reopened.length > 0 && { reopened }) };
}

/** What both sets of events tell of one customer. Consents are not folded again: an earlier merge's stay strict. */
async function foldBoth(
  older: CustomerDocument,
  younger: CustomerDocument,
  shopZone: string,
  session: ClientSession,
): Promise<Known> {
  const both = trusted({ $in: [older._id, younger._id] });
  const kept = await EventModel.find({ customerId: both }).session(session).lean();
  const events = kept.map(toEvent).sort((a, b) => a.at - b.at || a.n - b.n);
  const folded = events.reduce<Known | undefined>((so, event) => fold(so, event, shopZone), undefined);
  const known = folded ?? older.known;
  const consents = stricter(older.known, younger.known);
  if (!known.marks) return { ...known, consents };
  return { ...known, consents, marks: stricterMarks(known.marks, [older.known, younger.known], consents) };
}

/** Ends a customer as one of their own. The number rises, so that a hand-over under way does not count for this. */
async function retire({ _id, n, contact }: CustomerDocument, mergedInto: string, session: ClientSession) {
  const gone: ContactLog = { version: contact.version + 1, places: [] };
  await CustomerModel.updateOne(
    { _id, n },
    {
      $set: { mergedInto, n: n + 1, contact: gone, undelivered: true },
      $unset: { externalIds: 1, emailKey: 1, membership: 1 },
    },
    { session },
  );
}

/** Puts a customer's events in another's row, behind theirs: to be heard, never to be acted on. */
async function renumber(customerId: string, into: CustomerDocument, session: ClientSession) {
  const moved = {
    customerId: { $literal: into._id },
    n: { $add: ['$n', into.n] },
    acts: { $literal: false },
    acted: { $or: ['$acts', { $ifNull: ['$acted', false] }] },
  };
  await EventModel.updateMany({ customerId }, [{ $set: moved }], { session, updatePipeline: true });
}

function united(
  { older, younger }: Two,
  known: Known,
  n: number,
  moved: ReadonlySet<string>,
): CustomerDocument {
  const { emailKey: _, suppressed: __, externalIds: ___, ...rest } = older;
  const { emailKey } = known.profile;
  const { suppressed } = emailKey === older.emailKey ? older : younger;
  const externalIds = [...(older.externalIds ?? []), ...(younger.externalIds ?? [])];
  const places = older.contact.places.filter(({ key }) => !moved.has(key));
  const contact = { version: older.contact.version + 1, places: [...places, ...younger.contact.places] };
  return {
    ...{ ...rest, n, known, contact, undelivered: true },
    ...(externalIds.length > 0 && { externalIds }),
    ...(emailKey !== undefined && { emailKey }),
    ...(suppressed !== undefined && { suppressed }),
  };
}
