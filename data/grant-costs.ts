import { GIVEN } from '../domain/grant.ts';
import type { GrantCount } from '../domain/grant-tally.ts';
import { GrantModel } from './grant-document.ts';

/** From when to when grants were made', epoch milliseconds; the end is not in it. */
type Within = { readonly from: number; readonly to: number };

const IS_REDEEMED = { $eq: ['$status', 'redeemed'] };
/** A gift has cost what it is worth once it has left; all else, once it is redeemed. */
const HAS_COST = { $or: [IS_REDEEMED, { $gt: ['$sent.at', null] }] };
const VALUE = { $ifNull: ['$value', 0] };

/** Counts what was given, redeemed and spent, for each touch and currency; it is read from the grants themselves. */
export async function grantCosts({ from, to }: Within): Promise<readonly GrantCount[]> {
  return GrantModel.aggregate<GrantCount>([
    {
      $match: {
        status: { $in: GIVEN.filter((status) => status !== 'pending') },
        reservedAt: { $gte: from, $lt: to },
      },
    },
    {
      $group: {
        _id: { touch: '$touch', surprise: '$surprise', currency: '$currency' },
        given: { $sum: 1 },
        redeemed: { $sum: { $cond: [IS_REDEEMED, 1, 0] } },
        value: { $sum: VALUE },
        cost: { $sum: { $cond: [HAS_COST, VALUE, 0] } },
      },
    },
    { $sort: { _id: 1 } },
    {
      $project: {
        _id: 0,
        touch: '$_id.touch',
        surprise: '$_id.surprise',
        currency: '$_id.currency',
        ...{ given: 1, redeemed: 1, value: 1, cost: 1 },
      },
    },
  ]);
}
