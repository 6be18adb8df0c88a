import { type ClientSession, trusted } from 'mongoose';
import { CouponCodeModel, type CouponPoolDocument, CouponPoolModel } from './coupon-document.ts';

export type Drawn = { readonly code: string; readonly pool: CouponPoolDocument };

/** Takes the next free code of a pool for a grant; undefined: there is none left. */
export async function draw(pool: string, grant: string, session: ClientSession): Promise<Drawn | undefined> {
  const filled = { _id: pool, left: trusted({ $gt: 0 }) };
  const after = { session, returnDocument: 'after' } as const;
  const kept = await CouponPoolModel.findOneAndUpdate(filled, { $inc: { left: -1 } }, after).lean();
  if (!kept) return undefined;

  const given = { $set: { grant }, $unset: { free: 1 } } as const;
  const first = { session, sort: { _id: 1 } } as const;
  const drawn = await CouponCodeModel.findOneAndUpdate({ pool, free: true }, given, first).lean();
  if (!drawn) throw new Error(`the pool ${pool} counts more codes than it has`);
  return { code: drawn._id, pool: kept };
}

/** Puts a code back that nobody has seen. */
export async function putBack(pool: string, grant: string, session: ClientSession): Promise<void> {
  const free = { $set: { free: true }, $unset: { grant: 1 } } as const;
  const { modifiedCount } = await CouponCodeModel.updateOne({ pool, grant }, free, { session });
  await CouponPoolModel.updateOne({ _id: pool }, { $inc: { left: modifiedCount } }, { session });
}
