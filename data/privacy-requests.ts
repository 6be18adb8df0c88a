import { model, Schema, trusted } from 'mongoose';
import { isNameless, type PrivacyAnswer, type PrivacyRequest } from '../domain/privacy-request.ts';
import { inCollection } from './collection.ts';
import { teamMails } from './team-mails.ts';
import { inTransaction } from './transaction.ts';

type PrivacyRequestDocument = Omit<PrivacyRequest, 'id'> & {
  readonly _id: string;
  readonly askedAt: Date;
  /** Absent: it is open. */
  readonly answeredAt?: Date;
  /** Absent while it is open, and of those that were answered before answers were kept. */
  readonly answer?: PrivacyAnswer;
};

const privacyRequestSchema = new Schema<PrivacyRequestDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    source: { type: String, required: true },
    shop: String,
    customerId: String,
    email: String,
    orders: { type: [String], required: true },
    askedAt: { type: Date, required: true },
    answeredAt: Date,
    answer: Schema.Types.Mixed,
  },
  inCollection('privacyRequests'),
).index({ answeredAt: 1, askedAt: 1 });

export const PrivacyRequestModel = model('PrivacyRequest', privacyRequestSchema);

const OPEN = { answeredAt: trusted({ $exists: false }) };

/** A request as it is kept; one that was answered names nobody. */
export type KeptPrivacyRequest = PrivacyRequest &
  Pick<PrivacyRequestDocument, 'askedAt' | 'answeredAt' | 'answer'>;

/** What customers ask by law: kept until it is answered, and then, without their names, with its answer. */
export const privacyRequests = {
  /** Keeps a request once, and has the team told of it: told again, it stays as it is, answered too. */
  async keep({ id, ...request }: PrivacyRequest, now: number): Promise<void> {
    const at = new Date(now);
    await inTransaction(async (session) => {
      const kept = await PrivacyRequestModel.updateOne(
        { _id: id },
        { $setOnInsert: { ...request, askedAt: at } },
        { upsert: true, session },
      );
      if (kept.upsertedCount === 0) return;
      const { kind: about, source } = request;
      await teamMails.add({ id: `request/${id}`, news: { about, request: id, source } }, at, session);
    });
  },

  /** Those that nobody has answered, the oldest first. */
  async open(): Promise<readonly KeptPrivacyRequest[]> {
    return (await PrivacyRequestModel.find(OPEN).sort({ askedAt: 1 }).lean()).map(toRequest);
  },

  /** Those that were answered, the last answered first. */
  async closed(limit: number): Promise<readonly KeptPrivacyRequest[]> {
    const closed = PrivacyRequestModel.find({ answeredAt: trusted({ $exists: true }) });
    return (await closed.sort({ answeredAt: -1 }).limit(limit).lean()).map(toRequest);
  },

  /** One that nobody has answered. */
  async find(id: string): Promise<PrivacyRequest | undefined> {
    const kept = await PrivacyRequestModel.findOne({ _id: id, ...OPEN }).lean();
    return kept ? toRequest(kept) : undefined;
  },

  /**
   * Closes a request, and forgets whom it is about: nothing of them outlives their being erased.
   *
   * @param by who says that it was answered
   * @returns whether there was such an open request
   */
  async answered(id: string, by: string, now: number): Promise<boolean> {
    const open = { _id: id, ...OPEN };
    const answer: PrivacyAnswer = { how: 'by-hand', by, erased: [] };
    const { modifiedCount } = await PrivacyRequestModel.updateOne(open, closedWith(answer, now));
    return modifiedCount === 1;
  },

  /** Closes what was asked by or for somebody who is erased; whose id may name them goes. */
  async closeErased(ids: readonly string[], answer: PrivacyAnswer, now: number): Promise<void> {
    const open = { _id: trusted({ $in: ids.filter(isNameless) }), ...OPEN };
    await PrivacyRequestModel.updateMany(open, closedWith(answer, now));
    const named = ids.filter((id) => !isNameless(id));
    await PrivacyRequestModel.deleteMany({ _id: trusted({ $in: named }) });
  },
};

/** Nothing of whom it is about outlives its answer. */
function closedWith(answer: PrivacyAnswer, now: number) {
  const $set = { answeredAt: new Date(now), answer, orders: [] };
  return { $set, $unset: { email: 1, customerId: 1 } } as const;
}

function toRequest({ _id, ...request }: PrivacyRequestDocument): KeptPrivacyRequest {
  return { id: _id, ...request };
}
