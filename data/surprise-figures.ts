import { trusted } from 'mongoose';
import type { GrantStatus } from '../domain/grant.ts';
import { type BudgetDocument, BudgetModel } from './budgets.ts';
import { GrantModel } from './grant-document.ts';

/** How many grants of a surprise stand where. */
export type StatusCounts = Readonly<Partial<Record<GrantStatus, number>>>;

export const surpriseFigures = {
  /** How many grants of each surprise stand where at a moment, by the surprise's name. */
  async counts(now: number): Promise<ReadonlyMap<string, StatusCounts>> {
    const isOver = {
      $and: [{ $gt: ['$code', null] }, { $lte: [{ $ifNull: ['$expiresAt', now + 1] }, now] }],
    };
    const isExpired = { $and: [{ $eq: ['$status', 'confirmed'] }, isOver] };
    const status = { $cond: [isExpired, 'expired', '$status'] };
    const counted = await GrantModel.aggregate<{
      _id: { readonly surprise: string; readonly status: GrantStatus };
      count: number;
    }>([{ $group: { _id: { surprise: '$surprise', status }, count: { $sum: 1 } } }]);
    const bySurprise = new Map<string, StatusCounts>();
    for (const { _id, count } of counted) {
      bySurprise.set(_id.surprise, { ...bySurprise.get(_id.surprise), [_id.status]: count });
    }
    return bySurprise;
  },

  /** What was given out of these budgets. */
  async spent(budgets: readonly string[]): Promise<ReadonlyMap<string, BudgetDocument>> {
    const kept = await BudgetModel.find({ _id: trusted({ $in: [...budgets] }) }).lean();
    return new Map(kept.map((budget) => [budget._id, budget]));
  },
};
