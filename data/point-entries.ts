import { type ClientSession, model, Schema, trusted } from 'mongoose';
import type { PointEntry } from '../domain/membership.ts';
import { inCollection } from './collection.ts';

/** A line of the ledger as kept: its `_id` is made of its cause, so MongoDB itself refuses it a second time. */
type PointEntryDocument = {
  readonly _id: string;
  readonly customerId: string;
  readonly kind: PointEntry['kind'];
  readonly points: number;
  readonly reason: string;
  readonly by?: string;
  /** When its cause happened, and when it was written. */
  readonly at: Date;
  readonly receivedAt: Date;
  readonly lot?: string;
  readonly earnedAt?: Date;
  readonly from?: Date;
  readonly until?: Date;
  readonly rate?: { readonly points: number; readonly per?: number };
};

/** Thrown when a line of the ledger is to be changed: what was written stays written. */
class EntryStays extends Error {
  constructor() {
    super('pointEntries is only ever added to');
    this.name = 'EntryStays';
  }
}

const refuse = () => {
  throw new EntryStays();
};

const pointEntrySchema = new Schema<PointEntryDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    kind: { type: String, required: true },
    points: { type: Number, required: true },
    reason: { type: String, required: true },
    by: String,
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    lot: String,
    earnedAt: Date,
    from: Date,
    until: Date,
    rate: Schema.Types.Mixed,
  },
  inCollection('pointEntries'),
)
  .index({ customerId: 1, at: -1, _id: -1 })
  .pre(['updateOne', 'replaceOne', 'findOneAndUpdate', 'findOneAndReplace'], refuse);

export const PointEntryModel = model('PointEntry', pointEntrySchema);

/** What was written for one customer, and when. */
export type NewEntries = {
  readonly customerId: string;
  readonly receivedAt: number;
  readonly entries: readonly PointEntry[];
};

/** Adds lines to the ledger, in the transaction that keeps their event: both or neither, and once. */
export async function keepEntries(written: readonly NewEntries[], session: ClientSession): Promise<void> {
  const rows = written.flatMap(({ customerId, receivedAt, entries }) =>
    entries.map((entry) => toRow(entry, customerId, receivedAt)),
  );
  if (rows.length > 0) await PointEntryModel.insertMany(rows, { session, lean: true });
}

/** Moves the ledger of a customer who became another: the only change a line ever sees. */
export async function moveEntries(from: string, to: string, session: ClientSession): Promise<void> {
  await PointEntryModel.updateMany({ customerId: from }, { customerId: to }, { session });
}

/** A place in the ledger: the line after which to go on. */
export type EntryPlace = { readonly at: number; readonly id: string };

/** The ledger of points: every line with its cause, added to and never changed. */
export const pointEntries = {
  /** The lines of a customer, the latest first. */
  async ofCustomer(customerId: string, limit: number, after?: EntryPlace): Promise<readonly PointEntry[]> {
    const earlier = after && {
      $or: [
        { at: trusted({ $lt: new Date(after.at) }) },
        { at: new Date(after.at), _id: trusted({ $lt: after.id }) },
      ],
    };
    const rows = await PointEntryModel.find({ customerId, ...earlier })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean();
    return rows.map(toEntry);
  },
};

function toRow(entry: PointEntry, customerId: string, receivedAt: number): PointEntryDocument {
  const { id, kind, points, reason, at, until } = entry;
  const row = {
    ...{ _id: id, customerId, kind, points, reason, at: new Date(at), receivedAt: new Date(receivedAt) },
    ...(until !== undefined && { until: new Date(until) }),
  };
  if (entry.kind !== 'earned') return { ...row, ...(entry.by !== undefined && { by: entry.by }) };
  const { lot, earnedAt, from, rate } = entry;
  return { ...row, lot, earnedAt: new Date(earnedAt), from: new Date(from), ...(rate && { rate }) };
}

function toEntry({ _id: id, at, until, ...row }: PointEntryDocument): PointEntry {
  const { kind, points, reason, by, lot = '', rate } = row;
  const entry = { id, at: at.getTime(), points, reason, ...(until && { until: until.getTime() }) };
  if (kind !== 'earned') return { ...entry, kind, ...(by !== undefined && { by }) };
  const [earnedAt, from] = [row.earnedAt ?? at, row.from ?? at];
  return {
    ...{ ...entry, kind, lot, earnedAt: earnedAt.getTime(), from: from.getTime() },
    ...(rate && { rate }),
  };
}
