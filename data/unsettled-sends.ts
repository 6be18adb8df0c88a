import { type ClientSession, type QueryFilter, trusted } from 'mongoose';
import { type ByHand, FateKnown } from '../domain/by-hand.ts';
import { LOST } from '../domain/send.ts';
import { CustomerModel, placeFreed } from './customer-document.ts';
import type { GrantDocument } from './grant-document.ts';
import { releaseGrant } from './release-grant.ts';
import { asItIs, type SendDocument, SendModel } from './send-document.ts';
import type { Send } from './sends.ts';
import { inTransaction } from './transaction.ts';

/** Which of them are asked for. */
export type Wanted = {
  readonly touch?: string | undefined;
  readonly kind?: 'marketing' | 'service' | undefined;
  /** Due at or after this moment, epoch milliseconds. */
  readonly since?: number | undefined;
  /** Only those that come after this one. */
  readonly after?: Mark | undefined;
};

/** Where a page of a list ended: the moment and key of its last one. */
export type Mark = { readonly at: number; readonly key: string };

/** Mails that left, or did not: nobody knows. Whose owner died while transmitting is one, though nobody wrote so yet. */
function unknownNow(): QueryFilter<SendDocument> {
  const died = { state: 'transmitting', leaseUntil: trusted({ $lte: new Date() }) } as const;
  return { $or: [{ state: 'unknown' }, died] };
}

export const unsettledSends = {
  /** Those of unknown fate, the latest `due` first. */
  async list(wanted: Wanted, limit: number): Promise<readonly Send[]> {
    const kept = await SendModel.find({ $and: [unknownNow(), filterOf(wanted)] })
      .sort({ due: -1, _id: -1 })
      .limit(limit)
      .lean();
    return kept.map((send) => asItIs(send, Date.now()));
  },

  /** How many there are, counted up to `most`. */
  async count(most: number): Promise<number> {
    return SendModel.countDocuments(unknownNow()).limit(most);
  },

  /**
   * Settles one as a person says: it arrived and keeps its place under the caps, or was lost and gives it back.
   *
   * @throws FateKnown when its fate is not unknown, or another was quicker
   */
  async settle(key: string, hand: ByHand & { readonly what: 'arrived' | 'lost' }): Promise<void> {
    await inTransaction(async (session) => {
      const fate = hand.what === 'arrived' ? ARRIVED : NEVER_ARRIVED;
      const settled = { $set: { ...fate, settledAt: new Date(hand.at) }, $push: { byHand: hand } };
      const send = await SendModel.findOneAndUpdate({ _id: key, ...unknownNow() }, settled, { session });
      if (!send) throw new FateKnown();
      if (hand.what === 'arrived') return;
      await CustomerModel.updateOne({ _id: send.customerId }, placeFreed(key), { session });
      await releaseGrant(session, { _id: key, ...UNUSED }, hand.at);
    });
  },

  /**
   * Lets one be claimed once more, as it was: part of keeping the event that asks for it.
   *
   * @param resends how often it was sent again so far: who asks a second time finds it otherwise
   * @throws FateKnown when its fate is not unknown, or another was quicker
   */
  async release(key: string, resends: number, hand: ByHand, session: ClientSession): Promise<void> {
    const free = { $set: { state: 'released' }, $inc: { resends: 1 }, $push: { byHand: hand } } as const;
    const unsure: QueryFilter<SendDocument> = { $or: [unknownNow(), { state: 'lost' }] };
    const { modifiedCount } = await SendModel.updateOne({ _id: key, resends, ...unsure }, free, { session });
    if (modifiedCount === 0) throw new FateKnown();
  },
};

/** What nobody heard of is given back; one that was redeemed was heard of after all, and a gift that has left is gone. */
const UNUSED: QueryFilter<GrantDocument> = {
  status: trusted({ $in: ['pending', 'confirmed'] as const }),
  sent: trusted({ $exists: false }),
};

const ARRIVED = { state: 'accepted', outcome: { kind: 'accepted' } } as const;
const NEVER_ARRIVED = { state: 'lost', outcome: { kind: 'failed', type: LOST } } as const;

function filterOf({ touch, kind, since, after }: Wanted): QueryFilter<SendDocument> {
  return {
    ...(touch !== undefined && { touch }),
    ...(kind !== undefined && { kind }),
    ...(since !== undefined && { due: trusted({ $gte: since }) }),
    ...(after && {
      $or: [{ due: trusted({ $lt: after.at }) }, { due: after.at, _id: trusted({ $lt: after.key }) }],
    }),
  };
}
