import { trusted } from 'mongoose';
import type { Customer, Place } from '../domain/customer.ts';
import type { Journey } from '../domain/journey.ts';
import { PHASES, type Phase } from '../domain/phases.ts';
import { CustomerModel, placeFreed, placeTaken, type Seen, toCustomer } from './customer-document.ts';

const ABSENT = trusted({ $exists: false });

export const customers = {
  /** The customer of an id of ours, or of a shop's (`shop:c-17`); of one who was merged, the one they became. */
  async find(ref: string): Promise<Customer | undefined> {
    const kept = await CustomerModel.findOne(ref.includes(':') ? { externalIds: ref } : { _id: ref }).lean();
    if (!kept) return undefined;
    return kept.mergedInto ? customers.find(kept.mergedInto) : toCustomer(kept);
  },

  /** The customer who uses an address, by its key. */
  async ofAddress(emailKey: string): Promise<Customer | undefined> {
    const kept = await CustomerModel.findOne({ emailKey }).lean();
    return kept ? toCustomer(kept) : undefined;
  },

  /** The customer of exactly this id, merged or erased as they may be. */
  async byId(id: string): Promise<Customer | undefined> {
    const kept = await CustomerModel.findById(id).lean();
    return kept ? toCustomer(kept) : undefined;
  },

  /**
   * Takes a place for a send, if nothing has changed since `seen`: no event was received, no other place taken,
   * and the customer is neither suppressed, merged nor erased. Taking it again with the same key replaces it.
   *
   * Consent, complaints and pauses are folded from events, so the number of the last one stands for them all.
   *
   * @param forgetBefore places due earlier no longer count for any cap, and are dropped, those of questions later;
   *   epoch milliseconds
   * @returns false when something changed: look again, and decide anew
   */
  async takePlace(id: string, seen: Seen, place: Place, forgetBefore: number): Promise<boolean> {
    const { where, taken } = placeTaken(id, seen, place, forgetBefore);
    const updated = await CustomerModel.updateOne(where, taken, { updatePipeline: true });
    return updated.modifiedCount === 1;
  },

  /** Frees the place of a send that did not leave. */
  async giveBack(id: string, key: string): Promise<void> {
    await CustomerModel.updateOne({ _id: id, 'contact.places.key': key }, placeFreed(key));
  },

  /**
   * Keeps the journey as a decision left it, unless a later decision's is kept already.
   *
   * A customer who is gone stays gone: nothing is inserted.
   *
   * @param decidedAt the workflow's own time, epoch milliseconds: of two answers to one question the last counts
   */
  async saveSnapshot(journey: Journey, decidedAt: number): Promise<void> {
    const notLater = {
      decidedAt: trusted({ $not: { $gt: decidedAt } }),
      'journey.seq': trusted({ $not: { $gt: journey.seq } }),
    };
    const living = { _id: journey.customerId, erased: ABSENT };
    await CustomerModel.updateOne({ ...living, ...notLater }, { $set: { journey, decidedAt } });
  },

  /** How many customers live in each phase; those who ended, and those not yet decided upon, in none. */
  async countPerPhase(): Promise<Readonly<Record<Phase, number>>> {
    const living = {
      mergedInto: { $exists: false },
      erased: { $exists: false },
      'journey.ended': { $exists: false },
    };
    const counted = await CustomerModel.aggregate<{ _id: Phase; count: number }>([
      { $match: living },
      { $group: { _id: '$journey.phase', count: { $sum: 1 } } },
    ]);
    const countOf = (phase: Phase) => counted.find(({ _id }) => _id === phase)?.count ?? 0;
    const [first, acquainted, relationship, ambassador] = PHASES;
    return {
      [first]: countOf(first),
      [acquainted]: countOf(acquainted),
      [relationship]: countOf(relationship),
      [ambassador]: countOf(ambassador),
    };
  },

  /** The customers who came last, newest first. */
  async latest(limit: number): Promise<readonly Customer[]> {
    const kept = await CustomerModel.find({ mergedInto: ABSENT, erased: ABSENT })
      .sort({ _id: -1 })
      .limit(limit)
      .lean();
    return kept.map(toCustomer);
  },
};
