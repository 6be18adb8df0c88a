import { model, Schema, trusted } from 'mongoose';
import type { PrivacyRequest } from '../domain/privacy-request.ts';
import { inCollection } from './collection.ts';

type PrivacyRequestDocument = Omit<PrivacyRequest, 'id'> & {
  readonly _id: string;
  readonly askedAt: Date;
  /** When a person said that it was answered; absent: it is open. */
  readonly answeredAt?: Date;
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
  },
  inCollection('privacyRequests'),
).index({ answeredAt: 1, askedAt: 1 });

export const PrivacyRequestModel = model('PrivacyRequest', privacyRequestSchema);

const OPEN = { answeredAt: trusted({ $exists: false }) };

type KeptPrivacyRequest = PrivacyRequest & { readonly askedAt: Date };

/** What customers ask by law: kept until a person has answered it. */
export const privacyRequests = {
  /** Keeps a request once: told again, it stays as it is, answered too. */
  async keep({ id, ...request }: PrivacyRequest, now: number): Promise<void> {
    const $setOnInsert = { ...request, askedAt: new Date(now) };
    await PrivacyRequestModel.updateOne({ _id: id }, { $setOnInsert }, { upsert: true });
  },

  /** Those that nobody has answered, the oldest first. */
  async open(): Promise<readonly KeptPrivacyRequest[]> {
    const kept = await PrivacyRequestModel.find(OPEN).sort({ askedAt: 1 }).lean();
    return kept.map(({ _id, answeredAt, ...request }) => ({ id: _id, ...request }));
  },

  /** One that nobody has answered. */
  async find(id: string): Promise<PrivacyRequest | undefined> {
    const kept = await PrivacyRequestModel.findOne({ _id: id, ...OPEN }).lean();
    if (!kept) return undefined;
    const { _id, answeredAt, askedAt, ...request } = kept;
    return { id: _id, ...request };
  },

  /** Forgets a request: whom it was about is erased. */
  async drop(id: string): Promise<void> {
    await PrivacyRequestModel.deleteOne({ _id: id });
  },

  /**
   * Closes a request, and forgets whom it is about but for its id: nothing of them outlives their being erased.
   *
   * @returns whether there was such an open request
   */
  async answered(id: string, now: number): Promise<boolean> {
    const open = { _id: id, ...OPEN };
    const { modifiedCount } = await PrivacyRequestModel.updateOne(open, {
      $set: { answeredAt: new Date(now), orders: [] },
      $unset: { email: 1, customerId: 1 },
    });
    return modifiedCount === 1;
  },
};
