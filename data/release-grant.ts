import type { ClientSession, QueryFilter } from 'mongoose';
import { giveBack } from './budgets.ts';
import { putBack } from './coupon-codes.ts';
import { type GrantDocument, GrantModel } from './grant-document.ts';

/**
 * Gives a grant back, within a transaction: the budget has its part, and the pool its code, unless the customer may have
 * seen it; then it is theirs, should they get the grant after all.
 */
export async function releaseGrant(
  session: ClientSession,
  which: QueryFilter<GrantDocument>,
  at: number,
): Promise<void> {
  const released = {
    $set: { status: 'released', releasedAt: at },
    $unset: { owner: 1, leaseUntil: 1 },
  } as const;
  const was = await GrantModel.findOneAndUpdate(which, released, { session }).lean();
  if (!was) return;
  await giveBack(was, session);
  if (was.told) return;
  await GrantModel.updateOne({ _id: was._id }, { $unset: { code: 1 } }, { session });
  if (was.pool !== undefined) await putBack(was.pool, was._id, session);
}
