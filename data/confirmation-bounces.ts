import { type ClientSession, model, Schema, trusted } from 'mongoose';
import { type Bounce, outweighs, SOFT_BOUNCES_WITHIN_MS } from '../domain/delivery-report.ts';
import { inCollection } from './collection.ts';
import { JoinRequestModel } from './join-requests.ts';
import { suppressions } from './suppressions.ts';
import { inTransaction } from './transaction.ts';

/** With what a mail came back by which an address was to be confirmed; it outlives the request, as five soft ones count. */
type ConfirmationBounceDocument = Bounce & {
  /** `confirmationRef` of the request: a mail comes back once. */
  readonly _id: string;
  readonly addressKey: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** MongoDB removes it then. */
  readonly removeAt: Date;
};

const confirmationBounceSchema = new Schema<ConfirmationBounceDocument>(
  {
    _id: String,
    addressKey: { type: String, required: true },
    class: { type: String, required: true },
    status: String,
    at: { type: Number, required: true },
    removeAt: { type: Date, required: true },
  },
  inCollection('confirmationBounces'),
)
  .index({ addressKey: 1 })
  .index({ removeAt: 1 }, { expireAfterSeconds: 0 });

export const ConfirmationBounceModel = model('ConfirmationBounce', confirmationBounceSchema);

const DAY_MS = 86_400_000;

type CameBack = { readonly ref: string; readonly addressKey: string; readonly at: number };

/** What came back of the mails that ask to confirm an address. */
export const confirmationBounces = {
  /**
   * Keeps that a mail came back.
   *
   * @returns false when as much is known of it
   */
  async keep({ ref, addressKey, at }: CameBack, bounce: Bounce, session: ClientSession): Promise<boolean> {
    const earlier = await ConfirmationBounceModel.findById(ref).session(session).lean();
    if (!outweighs(bounce, earlier ?? undefined)) return false;
    const { class: found, status } = bounce;
    const removeAt = new Date(at + SOFT_BOUNCES_WITHIN_MS + DAY_MS);
    const kept = { addressKey, class: found, at, removeAt, ...(status !== undefined && { status }) };
    await ConfirmationBounceModel.updateOne({ _id: ref }, { $set: kept }, { upsert: true, session });
    return true;
  },

  /** When those to an address came back softly, epoch milliseconds, one moment a mail. */
  async soft(addressKey: string, session: ClientSession): Promise<readonly number[]> {
    const kept = await ConfirmationBounceModel.find({ addressKey, class: 'soft' }).session(session).lean();
    return kept.map(({ at }) => at);
  },

  /**
   * Notes that the mail of a request arrived after all, as its link is at hand: what came back of the mails that asked
   * this address is void, and so is a suppression by it. What comes back later of this one says nothing any more.
   */
  async disprove({ id, addressKey }: { readonly id: string; readonly addressKey: string }): Promise<void> {
    await inTransaction(async (session) => {
      await JoinRequestModel.updateOne({ _id: id }, { $set: { arrived: true } }, { session });
      const wrong = await ConfirmationBounceModel.find({ addressKey }).session(session).lean();
      if (wrong.length === 0) return;
      const ids = trusted({ $in: wrong.map(({ _id }) => _id) });
      await ConfirmationBounceModel.deleteMany({ _id: ids }, { session });
      const moments = wrong.map(({ at }) => at);
      await suppressions.retract(addressKey, { reasons: BY_BOUNCES, moments }, session);
    });
  },
};

const BY_BOUNCES = ['hard-bounce', 'soft-bounces'];
