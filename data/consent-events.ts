import { type ClientSession, model, Schema, trusted } from 'mongoose';
import type { ConsentProof } from '../domain/consent-proof.ts';
import { inCollection } from './collection.ts';
import { idsOf } from './merged-ids.ts';

/** A proof as kept. */
type ConsentEventDocument = Omit<ConsentProof, 'id' | 'at' | 'receivedAt'> & {
  readonly _id: string;
  readonly at: Date;
  readonly receivedAt: Date;
};

/** Thrown when a proof is to be changed or removed: what was said stays said. */
class ProofStays extends Error {
  constructor() {
    super('consentEvents is only ever added to');
    this.name = 'ProofStays';
  }
}

const refuse = () => {
  throw new ProofStays();
};

const consentEventSchema = new Schema<ConsentEventDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    addressKey: String,
    topic: { type: String, required: true },
    change: { type: String, required: true },
    basis: String,
    order: String,
    wording: String,
    wordingVersion: String,
    wordingHash: String,
    locale: String,
    source: { type: String, required: true },
    type: { type: String, required: true },
    how: String,
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    undated: Boolean,
    imported: Boolean,
    evidence: { type: Schema.Types.Mixed, required: true },
  },
  inCollection('consentEvents'),
)
  .index({ customerId: 1, at: -1, _id: -1 })
  .index({ addressKey: 1, at: -1 }, { sparse: true })
  .pre(['updateOne', 'updateMany', 'replaceOne', 'findOneAndUpdate', 'findOneAndReplace'], refuse)
  .pre(['deleteOne', 'deleteMany', 'findOneAndDelete'], refuse);

export const ConsentEventModel = model('ConsentEvent', consentEventSchema);

/**
 * Keeps what an event proves, in the transaction that keeps the event: both or neither, and once. An event that was
 * erased since, and is told again, is proven already.
 */
export async function keepProofs(proofs: readonly ConsentProof[], session: ClientSession): Promise<void> {
  if (proofs.length === 0) return;
  const rows = proofs.map(({ id, at, receivedAt, ...proof }) => {
    return { _id: id, ...proof, at: new Date(at), receivedAt: new Date(receivedAt) };
  });
  const ids = trusted({ $in: rows.map(({ _id }) => _id) });
  const proven = await ConsentEventModel.find({ _id: ids }, { _id: 1 }).session(session).lean();
  const known = new Set(proven.map(({ _id }) => _id));
  const unproven = rows.filter(({ _id }) => !known.has(_id));
  if (unproven.length > 0) await ConsentEventModel.insertMany(unproven, { session });
}

/** What was said of consents by the address with this key, whoever's it was. */
export async function saidBy(addressKey: string, session: ClientSession) {
  const proofs = await ConsentEventModel.find({ addressKey }).session(session).lean();
  return proofs.map(({ at, ...proof }) => ({ ...proof, at: at.getTime() }));
}

/** What customers consented to and withdrew, and by what it can be shown: added to, never changed. */
export const consentEvents = {
  /**
   * What a customer said of consents, and what those said who became them: the latest first.
   *
   * @param before only what happened before this moment, epoch milliseconds
   */
  async ofCustomer(customerId: string, limit: number, before = Infinity): Promise<readonly ConsentProof[]> {
    const ids = trusted({ $in: await idsOf(customerId) });
    const earlier = Number.isFinite(before) ? { at: trusted({ $lt: new Date(before) }) } : {};
    const kept = await ConsentEventModel.find({ customerId: ids, ...earlier })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean();
    return kept.map(({ _id: id, at, receivedAt, ...proof }) => {
      return { id, ...proof, at: at.getTime(), receivedAt: receivedAt.getTime() };
    });
  },
};
