import { type ClientSession, model, Schema, trusted } from 'mongoose';
import { ulid } from 'ulid';
import type { StoredEvent } from '../domain/event.ts';
import { emptyKnown } from '../domain/facts.ts';
import { inCollection } from './collection.ts';
import { type CustomerDocument, CustomerModel } from './customer-document.ts';
import { EventModel } from './event-document.ts';
import { fromEvent } from './kept-event.ts';
import { suppressions } from './suppressions.ts';
import { inTransaction } from './transaction.ts';

/** By what other collections know somebody who is being erased. */
export type Traces = {
  /** Themselves, and everybody who was merged into them: ids of our own. */
  readonly members: readonly string[];
  readonly addressKeys: readonly string[];
  readonly externalIds: readonly string[];
  readonly emails: readonly string[];
};

/** Somebody is being erased, or was. Its `_id` is our own id of them; nothing else of them is left once it is done. */
type ErasureDocument = {
  readonly _id: string;
  readonly members: readonly string[];
  /** Who asked: the name of an API key, `page`, `command`, `retention`, or the connector of a shop that passed it on. */
  readonly by: string;
  readonly askedAt: Date;
  /** Until it is done. */
  readonly traces?: Omit<Traces, 'members'>;
  /** When it is worked on next; of one that is worked on, when that is given up. Absent: it is done. */
  readonly nextAt?: Date;
  /** Since when nothing was found any more. */
  readonly clearedAt?: Date;
  readonly doneAt?: Date;
};

const erasureSchema = new Schema<ErasureDocument>(
  {
    _id: String,
    members: { type: [String], required: true },
    by: { type: String, required: true },
    askedAt: { type: Date, required: true },
    traces: Schema.Types.Mixed,
    nextAt: Date,
    clearedAt: Date,
    doneAt: Date,
  },
  inCollection('erasures'),
)
  .index({ nextAt: 1 }, { partialFilterExpression: { nextAt: { $exists: true } } })
  .index({ doneAt: 1 }, { sparse: true });

export const ErasureModel = model('Erasure', erasureSchema);

/** How far an erasure is. */
export type Erasure = Pick<ErasureDocument, 'askedAt' | 'doneAt'> & { readonly customerId: string };

/** An erasure that is this process's to work on now. */
export type LeasedErasure = Traces & { readonly customerId: string; readonly clearedAt?: Date };

/** Who is erased: asked for here, and done by a worker, however often it is killed. */
export const erasures = {
  /**
   * Marks a customer erased, with everybody who was merged into them. From its answer on nothing is known of them and
   * nothing is written of them any more; what their collections and Temporal still hold goes soon after.
   *
   * Their addresses are suppressed as `erased`; what they are called by is free: somebody who comes again is new.
   * Asked again, it answers how far it is.
   *
   * @returns undefined when there is no such customer
   */
  async ask(customerId: string, by: string, now: number): Promise<Erasure | undefined> {
    return inTransaction((session) => markErased(customerId, { by, now }, session));
  },

  /** How far the erasure of a customer is; undefined: nobody asked for it. */
  async find(customerId: string): Promise<Erasure | undefined> {
    const kept = await ErasureModel.findById(customerId).lean();
    return kept ? toErasure(kept) : undefined;
  },

  /** Takes one that is to be worked on; no other worker gets it until the lease ends. */
  async lease(now: number, leaseMs: number): Promise<LeasedErasure | undefined> {
    const due = { nextAt: trusted({ $lte: new Date(now) }) };
    const leased = { $set: { nextAt: new Date(now + leaseMs) } };
    const kept = await ErasureModel.findOneAndUpdate(due, leased, { sort: { nextAt: 1 } }).lean();
    if (!kept) return undefined;
    const { _id: customerId, members, traces = NO_TRACES, clearedAt } = kept;
    return { customerId, members, ...traces, ...(clearedAt && { clearedAt }) };
  },

  /** Puts one off: something was found, or is still under way. */
  async again(customerId: string, at: number): Promise<void> {
    await ErasureModel.updateOne(
      { _id: customerId, doneAt: ABSENT },
      { $set: { nextAt: new Date(at) }, $unset: { clearedAt: 1 } },
    );
  },

  /** Notes that nothing was found; it is looked once more at `again`, for what was being written meanwhile. */
  async cleared(customerId: string, now: number, again: number): Promise<void> {
    const set = { clearedAt: new Date(now), nextAt: new Date(again) };
    await ErasureModel.updateOne({ _id: customerId, doneAt: ABSENT }, { $set: set });
  },

  /** Nothing is left: what they were known by is forgotten too. */
  async done(customerId: string, now: number): Promise<void> {
    const set = { doneAt: new Date(now) };
    await ErasureModel.updateOne(
      { _id: customerId, doneAt: ABSENT },
      { $set: set, $unset: { traces: 1, nextAt: 1 } },
    );
  },
};

const NO_TRACES = { addressKeys: [], externalIds: [], emails: [] } as const;
const ABSENT = trusted({ $exists: false });

type Asked = { readonly by: string; readonly now: number };

/**
 * Marks a customer erased as a part of a transaction, as `erasures.ask` says.
 *
 * It writes every customer concerned, so a receipt, a place taken or a merge is before it, or conflicts with it.
 */
export async function markErased(
  id: string,
  asked: Asked,
  session: ClientSession,
): Promise<Erasure | undefined> {
  const customer = await CustomerModel.findById(id).session(session).lean();
  if (!customer) return undefined;
  if (customer.mergedInto) return markErased(customer.mergedInto, asked, session);
  if (customer.erased) {
    const kept = await ErasureModel.findById(id).session(session).lean();
    return kept ? toErasure(kept) : undefined;
  }
  const all = [customer, ...(await mergedInto([id], session))];
  const { members, ...traces } = await tracesOf(all, session);
  for (const one of all) await bury(one, asked.now, session);
  for (const key of traces.addressKeys) await suppressions.add(key, 'erased', asked.now, session);
  await EventModel.create([fromEvent(erasedEvent(customer, asked.now))], { session });
  const [askedAt, by] = [new Date(asked.now), asked.by];
  await ErasureModel.create([{ _id: id, members, by, askedAt, traces, nextAt: askedAt }], { session });
  return { customerId: id, askedAt };
}

/** Everybody who became one of these, one after the other. */
async function mergedInto(
  ids: readonly string[],
  session: ClientSession,
): Promise<readonly CustomerDocument[]> {
  const became = { mergedInto: trusted({ $in: [...ids] }) };
  const found = await CustomerModel.find(became).session(session).lean();
  if (found.length === 0) return [];
  const further = found.map(({ _id }) => _id);
  return [...found, ...(await mergedInto(further, session))];
}

/** An address of before that somebody else uses by now is theirs: they did not ask for anything. */
async function tracesOf(all: readonly CustomerDocument[], session: ClientSession): Promise<Traces> {
  const members = all.map(({ _id }) => _id);
  const keys = all.flatMap(({ emailKey, known }) => [
    ...[emailKey, known.profile.emailKey],
    ...(known.marks?.addresses ?? []).map(({ key }) => key),
  ]);
  const known = [...new Set(keys.flatMap((key) => key ?? []))];
  const othersUse = { _id: trusted({ $nin: members }), emailKey: trusted({ $in: known }) };
  const others = await CustomerModel.find(othersUse, { emailKey: 1 }).session(session).lean();
  return {
    members,
    addressKeys: known.filter((key) => !others.some(({ emailKey }) => emailKey === key)),
    externalIds: all.flatMap(({ externalIds = [] }) => externalIds),
    emails: all.flatMap(({ known }) => known.profile.email ?? []),
  };
}

/** What stays of a customer: our own id, and that they were erased; so late signals and old links find that. */
async function bury({ _id, n, contact, mergedInto }: CustomerDocument, now: number, session: ClientSession) {
  const stub: CustomerDocument = {
    ...{ _id, n: n + 1, erased: true, known: emptyKnown(now) },
    contact: { version: contact.version + 1, places: [] },
    ...(mergedInto !== undefined && { mergedInto }),
  };
  await CustomerModel.replaceOne({ _id, n }, stub, { session });
}

/** The last that a customer's row tells: no data, and who it was about nobody knows. */
function erasedEvent({ _id, n }: CustomerDocument, at: number): StoredEvent {
  const id = `rapport/${ulid(at)}`;
  return { id, customerId: _id, n: n + 1, type: 'erased', at, receivedAt: at, acts: false };
}

function toErasure({ _id, askedAt, doneAt }: ErasureDocument): Erasure {
  return { customerId: _id, askedAt, ...(doneAt && { doneAt }) };
}
