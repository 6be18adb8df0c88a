import { model, Schema, trusted } from 'mongoose';
import { inCollection, isDuplicate } from './collection.ts';

/** One day of a rehearsal. Its `_id` is the shop's calendar day, as days since 1970-01-01. */
type RehearsalDocument = {
  readonly _id: number;
  /** The keys of the sends that the team got a copy of. */
  readonly copies: readonly string[];
  /** How many there were beyond these. */
  readonly leftOut: number;
};

const rehearsalSchema = new Schema<RehearsalDocument>(
  { _id: Number, copies: { type: [String], required: true }, leftOut: { type: Number, required: true } },
  inCollection('rehearsals'),
);

export const RehearsalModel = model('Rehearsal', rehearsalSchema);

/** What of a rehearsal the team got to see. */
export const rehearsals = {
  /** Takes one of a day's copies for a send; a send is copied once, and beyond `most` counted as left out. */
  async take(day: number, key: string, most: number): Promise<number | undefined> {
    const room = {
      _id: day,
      copies: trusted({ $ne: key }),
      [`copies.${most - 1}`]: trusted({ $exists: false }),
    };
    const taking = { $push: { copies: key }, $setOnInsert: { leftOut: 0 } };
    try {
      const options = { upsert: true, returnDocument: 'after' } as const;
      const kept = await RehearsalModel.findOneAndUpdate(room, taking, options).lean();
      return kept?.copies.length;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return afterRace(day, key, most);
    }
  },

  /** What the team saw of a day, and what not. */
  async onDay(day: number): Promise<{ readonly copies: number; readonly leftOut: number }> {
    const kept = await RehearsalModel.findById(day).lean();
    return { copies: kept?.copies.length ?? 0, leftOut: kept?.leftOut ?? 0 };
  },
};

/** The day was begun by another just now, is full, or has this send: only the first is tried again. */
async function afterRace(day: number, key: string, most: number): Promise<number | undefined> {
  const kept = await RehearsalModel.findById(day).lean();
  if (kept?.copies.includes(key)) return undefined;
  if (kept && kept.copies.length < most) return rehearsals.take(day, key, most);
  await RehearsalModel.updateOne({ _id: day }, { $inc: { leftOut: 1 } });
  return undefined;
}
