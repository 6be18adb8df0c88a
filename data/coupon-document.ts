import { model, Schema } from 'mongoose';
import { inCollection } from './collection.ts';

/** One uploaded code. Its `_id` is the code, so it stands in one pool only, once. */
export type CouponCodeDocument = {
  readonly _id: string;
  readonly pool: string;
  /** Nobody has it. */
  readonly free?: true;
  /** The id of the grant it was given with. */
  readonly grant?: string;
};

const couponCodeSchema = new Schema<CouponCodeDocument>(
  { _id: String, pool: { type: String, required: true }, free: Boolean, grant: String },
  inCollection('couponCodes'),
)
  .index({ pool: 1, _id: 1 }, { partialFilterExpression: { free: true } })
  .index({ grant: 1 }, { sparse: true });

export const CouponCodeModel = model('CouponCode', couponCodeSchema);

/** A pool of uploaded codes; its `_id` is its name in the playbook. */
export type CouponPoolDocument = {
  readonly _id: string;
  /** How many codes were ever uploaded. */
  readonly total: number;
  /** How many of them nobody has. */
  readonly left: number;
};

const couponPoolSchema = new Schema<CouponPoolDocument>(
  { _id: String, total: { type: Number, required: true }, left: { type: Number, required: true } },
  inCollection('couponPools'),
);

export const CouponPoolModel = model('CouponPool', couponPoolSchema);
