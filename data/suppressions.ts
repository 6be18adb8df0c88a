import { type ClientSession, model, Schema, trusted } from 'mongoose';
import { inCollection } from './collection.ts';
import { CustomerModel } from './customer-document.ts';
import { inTransaction } from './transaction.ts';

/** An address we never write to again, as its keyed hash: it outlives the customer. */
type SuppressionDocument = {
  /** The address's key. */
  readonly _id: string;
  readonly reason: string;
  readonly at: Date;
};

/** An address to suppress, as its key. */
type Suppression = { readonly emailKey: string; readonly reason: string; readonly at: number };

const suppressionSchema = new Schema<SuppressionDocument>(
  {
    _id: String,
    reason: { type: String, required: true },
    at: { type: Date, required: true },
  },
  inCollection('suppressions'),
);

export const SuppressionModel = model('Suppression', suppressionSchema);

/**
 * The addresses we never write to again.
 *
 * Who takes an address looks here after that is committed, and who suppresses one looks for its customer after that
 * is committed: whichever comes last sees the other.
 */
export const suppressions = {
  /** Suppresses an address, and marks the customer who uses it. The first reason stays. */
  async add(emailKey: string, reason: string, at: number, session?: ClientSession): Promise<void> {
    const first = { $setOnInsert: { reason, at: new Date(at) } };
    const kept = await SuppressionModel.findOneAndUpdate({ _id: emailKey }, first, {
      upsert: true,
      returnDocument: 'after',
      ...(session && { session }),
    }).lean();
    const marked = { $set: { suppressed: kept?.reason ?? reason } };
    await CustomerModel.updateOne({ emailKey }, marked, session && { session });
  },

  /** Suppresses many addresses; returns how many were not suppressed before. */
  async addAll(added: readonly Suppression[]): Promise<number> {
    const firsts = added.map(({ emailKey, reason, at }) => {
      const update = { $setOnInsert: { reason, at: new Date(at) } };
      return { updateOne: { filter: { _id: emailKey }, update, upsert: true } };
    });
    if (firsts.length === 0) return 0;
    const { upsertedCount } = await SuppressionModel.bulkWrite(firsts, { ordered: false });
    await suppressions.markAll(added.map(({ emailKey }) => emailKey));
    return upsertedCount;
  },

  /** How many there are. */
  count(): Promise<number> {
    return SuppressionModel.estimatedDocumentCount();
  },

  async has(emailKey: string): Promise<boolean> {
    return (await SuppressionModel.exists({ _id: emailKey })) !== null;
  },

  /** Why an address is suppressed, as a transaction sees it; undefined: it is not. */
  async reasonFor(emailKey: string, session: ClientSession): Promise<string | undefined> {
    const kept = await SuppressionModel.findById(emailKey).session(session).lean();
    return kept?.reason;
  },

  /** Why an address is suppressed, if it is. */
  async reason(emailKey: string): Promise<string | undefined> {
    return (await SuppressionModel.findById(emailKey).lean())?.reason;
  },

  /**
   * Lifts a suppression of before a moment, as its person asked to be written to again since.
   *
   * @param before epoch milliseconds
   * @param liftable whether one with this reason may be lifted at all
   */
  async lift(emailKey: string, before: number, liftable: (reason: string) => boolean): Promise<void> {
    const kept = await SuppressionModel.findById(emailKey).lean();
    if (!kept || kept.at.getTime() >= before || !liftable(kept.reason)) return;
    const { reason, at } = kept;
    await inTransaction(async (session) => {
      const { deletedCount } = await SuppressionModel.deleteOne({ _id: emailKey, reason, at }, { session });
      if (deletedCount === 0) return;
      const marked = { emailKey, suppressed: reason };
      await CustomerModel.updateOne(marked, { $unset: { suppressed: 1 } }, { session });
    });
  },

  /**
   * Takes back a suppression whose grounds turned out to be wrong.
   *
   * @param moments when it would have been made, epoch milliseconds: one of another moment has other grounds, and stays
   */
  async retract(
    emailKey: string,
    { reasons, moments }: { readonly reasons: readonly string[]; readonly moments: readonly number[] },
    session: ClientSession,
  ): Promise<void> {
    const at = trusted({ $in: moments.map((moment) => new Date(moment)) });
    const made = { _id: emailKey, reason: trusted({ $in: [...reasons] }), at };
    const gone = await SuppressionModel.findOneAndDelete(made, { session }).lean();
    if (!gone) return;
    const marked = { emailKey, suppressed: gone.reason };
    await CustomerModel.updateOne(marked, { $unset: { suppressed: 1 } }, { session });
  },

  /**
   * Forgets a suppression of before a moment, as a part of what its person does then.
   *
   * @returns whether it was there
   */
  async forget(emailKey: string, reason: string, before: number, session: ClientSession): Promise<boolean> {
    const earlier = { _id: emailKey, reason, at: trusted({ $lt: new Date(before) }) };
    const { deletedCount } = await SuppressionModel.deleteOne(earlier, { session });
    return deletedCount === 1;
  },

  /** Why each of some addresses is suppressed, by its key; those that are not are absent. */
  async reasonsFor(
    emailKeys: readonly string[],
    session?: ClientSession,
  ): Promise<ReadonlyMap<string, string>> {
    if (emailKeys.length === 0) return new Map();
    const kept = await SuppressionModel.find({ _id: trusted({ $in: emailKeys }) })
      .session(session ?? null)
      .lean();
    return new Map(kept.map(({ _id, reason }) => [_id, reason]));
  },

  /** Marks whoever uses one of these addresses that turns out to be suppressed. */
  async markAll(emailKeys: readonly string[]): Promise<void> {
    const reasons = await suppressions.reasonsFor(emailKeys);
    const marks = [...reasons].map(([emailKey, suppressed]) => {
      return { updateOne: { filter: { emailKey }, update: { $set: { suppressed } } } };
    });
    if (marks.length > 0) await CustomerModel.bulkWrite(marks, { ordered: false });
  },

  /** Marks a customer whose address turns out to be suppressed. */
  async mark(customerId: string, emailKey: string): Promise<void> {
    const kept = await SuppressionModel.findById(emailKey).lean();
    if (!kept) return;
    await CustomerModel.updateOne({ _id: customerId, emailKey }, { $set: { suppressed: kept.reason } });
  },
};
