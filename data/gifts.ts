import { type ClientSession, trusted } from 'mongoose';
import { type Gift, GiftGone, type Sent } from '../domain/fulfilment.ts';
import { sendRef } from '../domain/send-ref.ts';
import { ShipTo } from '../domain/ship-to.ts';
import { EventModel } from './event-document.ts';
import { type GrantDocument, GrantModel } from './grant-document.ts';
import { idsOf } from './merged-ids.ts';

/** Where a page of gifts ended. */
export type GiftMark = { readonly at: number; readonly key: string };

const ABSENT = trusted({ $exists: false });
const EXISTS = trusted({ $exists: true });

/** Gifts that are the customer's, and have not left yet; which of them are sent stands beside. */
const TO_SEND = { kind: 'gift', status: 'confirmed', sent: ABSENT } as const;
const SENT = { kind: 'gift', status: 'confirmed', sent: EXISTS } as const;

/** Gifts on their way to customers: each is sent once. */
export const gifts = {
  /** Those to be sent, the oldest first; or those that were, the latest first. */
  async list(state: 'to-send' | 'sent', limit: number, after?: GiftMark): Promise<readonly Gift[]> {
    const [order, beyond] = state === 'to-send' ? [1 as const, '$gt'] : [-1 as const, '$lt'];
    const rest = after && {
      $or: [
        { confirmedAt: trusted({ [beyond]: after.at }) },
        { confirmedAt: after.at, _id: trusted({ [beyond]: after.key }) },
      ],
    };
    const kept = await GrantModel.find({ ...(state === 'to-send' ? TO_SEND : SENT), ...rest })
      .sort({ confirmedAt: order, _id: order })
      .limit(limit)
      .lean();
    return Promise.all(kept.map(giftOf));
  },

  /** How many are to be sent, counted up to `most`. */
  async countToSend(most: number): Promise<number> {
    return GrantModel.countDocuments(TO_SEND).limit(most);
  },

  /** A gift of a customer, or of whoever became them, by its key or the `sendRef` of that. */
  async find(customerId: string, named: string): Promise<Gift | undefined> {
    const theirs = { customerId: trusted({ $in: [...(await idsOf(customerId))] }) };
    const kept = await GrantModel.find({ ...theirs, kind: 'gift', status: 'confirmed' }).lean();
    const theOne = kept.find(({ _id }) => _id === named || sendRef(_id) === named);
    return theOne && giftOf(theOne);
  },

  /** Whether it is known where a gift to a customer would go. */
  async hasAddress(customerId: string): Promise<boolean> {
    return (await addressByOrder(customerId)) !== undefined;
  },

  /**
   * Keeps where a gift goes, as its customer tells; again, the last counts.
   *
   * @returns false when it has left already, or is not there any more: nothing is kept
   */
  async tellAddress(key: string, shipTo: ShipTo): Promise<boolean> {
    const { matchedCount } = await GrantModel.updateOne({ _id: key, ...TO_SEND }, { $set: { shipTo } });
    return matchedCount === 1;
  },

  /**
   * Marks one as sent, as a part of keeping the event that tells of it.
   *
   * @throws GiftGone when it is not to be sent, or another was quicker
   */
  async send(key: string, sent: Sent, session: ClientSession): Promise<void> {
    const { modifiedCount } = await GrantModel.updateOne(
      { _id: key, ...TO_SEND },
      { $set: { sent } },
      { session },
    );
    if (modifiedCount === 0) throw new GiftGone();
  },
};

async function giftOf(grant: GrantDocument): Promise<Gift> {
  const { _id: key, customerId, surprise, title, value, currency, touch, occasion, sent } = grant;
  const shipTo = grant.shipTo ?? (sent ? undefined : await addressByOrder(customerId));
  return {
    ...{ key, customerId, surprise, at: grant.confirmedAt ?? grant.reservedAt },
    ...(title && { title }),
    ...(value !== undefined && { value }),
    ...(currency !== undefined && { currency }),
    ...(touch !== undefined && { touch }),
    ...(occasion !== undefined && { occasion }),
    ...(shipTo && { shipTo }),
    ...(sent && { sent }),
  };
}

/** Where the customer's last order that told it went to. */
async function addressByOrder(customerId: string): Promise<ShipTo | undefined> {
  const last = await EventModel.findOne({ customerId, type: 'purchase', 'data.shipTo': EXISTS }, { data: 1 })
    .sort({ at: -1, n: -1 })
    .lean();
  return ShipTo.safeParse(last?.data?.shipTo).data;
}
