import { type ClientSession, type QueryFilter, trusted } from 'mongoose';
import type { Grant } from '../domain/grant.ts';
import { codesMeant, NotRedeemable, type Redemption } from '../domain/redemption.ts';
import { type GrantDocument, GrantModel, toGrant } from './grant-document.ts';

/** A grant that a code opens: also one whose mail has left, though nobody has noted so yet. */
const OPEN = trusted({ $in: ['pending', 'confirmed'] as const });

/** What customers redeem: each code once. */
export const redemptions = {
  /** The grant of a code, as it stands; one that was given back has none. */
  async byCode(code: string): Promise<Grant | undefined> {
    const kept = await GrantModel.find({ code: trusted({ $in: [...codesMeant(code)] }) }).lean();
    const grant = kept.find((one) => one.code === code.trim()) ?? kept[0];
    return grant && toGrant(grant);
  },

  /**
   * Redeems a grant, as a part of keeping the event that tells of it.
   *
   * @throws NotRedeemable when it is not open at that moment, or another order was quicker
   */
  async redeem(id: string, redeemed: Redemption, session: ClientSession): Promise<void> {
    const inTime: QueryFilter<GrantDocument> = {
      $or: [{ expiresAt: trusted({ $exists: false }) }, { expiresAt: trusted({ $gt: redeemed.at }) }],
    };
    const { modifiedCount } = await GrantModel.updateOne(
      { _id: id, status: OPEN, ...inTime },
      { $set: { status: 'redeemed', redeemed }, $unset: { owner: 1, leaseUntil: 1 } },
      { session },
    );
    if (modifiedCount === 0) throw new NotRedeemable();
  },
};
