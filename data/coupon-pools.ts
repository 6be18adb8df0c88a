import { type ClientSession, trusted } from 'mongoose';
import { isDuplicate } from './collection.ts';
import { CouponCodeModel, type CouponPoolDocument, CouponPoolModel } from './coupon-document.ts';
import { GrantModel } from './grant-document.ts';
import { inTransaction } from './transaction.ts';

/** What came of an upload. */
export type Uploaded = {
  readonly added: number;
  /** Told twice, or known before, in this pool or another: each was left out. */
  readonly duplicates: readonly string[];
  readonly total: number;
  readonly left: number;
};

/** Pools of codes that the shop made elsewhere; each code is given once. */
export const couponPools = {
  /** Adds codes to a pool, which is made with its first: all that are new, or none. The same again adds nothing. */
  async upload(pool: string, codes: readonly string[]): Promise<Uploaded> {
    for (;;) {
      try {
        return await inTransaction((session) => add(pool, codes, session));
      } catch (error) {
        if (!isDuplicate(error)) throw error; // another uploaded one of them just now
      }
    }
  },

  async find(pool: string): Promise<CouponPoolDocument | undefined> {
    return (await CouponPoolModel.findById(pool).lean()) ?? undefined;
  },
};

async function add(pool: string, codes: readonly string[], session: ClientSession): Promise<Uploaded> {
  const different = [...new Set(codes)];
  const known = await knownOf(different, session);
  const fresh = different.filter((code) => !known.has(code));
  const duplicates = codes.filter((code, at) => known.has(code) || codes.indexOf(code) < at);

  await CouponCodeModel.insertMany(
    fresh.map((_id) => ({ _id, pool, free: true })),
    { session },
  );
  const counted = { $inc: { total: fresh.length, left: fresh.length } };
  const kept = await CouponPoolModel.findOneAndUpdate({ _id: pool }, counted, {
    ...{ session, upsert: true, returnDocument: 'after' },
  }).lean();
  return { added: fresh.length, duplicates: [...new Set(duplicates)], total: kept.total, left: kept.left };
}

/** Those that are in a pool, or were made for somebody. */
async function knownOf(codes: readonly string[], session: ClientSession): Promise<ReadonlySet<string>> {
  const among = trusted({ $in: [...codes] });
  const uploaded = await CouponCodeModel.find({ _id: among }, { _id: 1 }).session(session).lean();
  const made = await GrantModel.find({ code: among }, { code: 1 }).session(session).lean();
  return new Set([...uploaded.map(({ _id }) => _id), ...made.flatMap(({ code }) => code ?? [])]);
}
