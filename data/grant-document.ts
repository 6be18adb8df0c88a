import { model, Schema } from 'mongoose';
import type { Sent } from '../domain/fulfilment.ts';
import type { Grant } from '../domain/grant.ts';
import type { ShipTo } from '../domain/ship-to.ts';
import { inCollection } from './collection.ts';

/** A grant as kept: as the rules see it, and whose turn it is. Its `_id` is its id, so there is one a cause. */
export type GrantDocument = Omit<Grant, 'id'> & {
  readonly _id: string;
  /** Of a pending one: the claim it is to be mailed under. */
  readonly owner?: string;
  /** Of a pending one: until when whoever mails it may take; then a worker finishes it. */
  readonly leaseUntil?: Date;
  /** Raised whenever an attempt shows that it lives: who takes it for dead names the version they have seen. */
  readonly version: number;
  /** The customer may have seen the code: it is nobody else's any more. */
  readonly told?: true;
  /** Of a gift: where it goes, as the customer told. */
  readonly shipTo?: ShipTo;
  /** Of a gift: that it has left. */
  readonly sent?: Sent;
  /** Of a gift: when the team was reminded of it, epoch milliseconds. */
  readonly remindedAt?: number;
};

const grantSchema = new Schema<GrantDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    surprise: { type: String, required: true },
    kind: { type: String, required: true },
    status: { type: String, required: true },
    title: Schema.Types.Mixed,
    value: Number,
    currency: String,
    code: String,
    pool: String,
    budget: { type: String, required: true },
    cost: { type: Number, required: true },
    touch: String,
    occasion: String,
    because: String,
    reservedAt: { type: Number, required: true },
    confirmedAt: Number,
    releasedAt: Number,
    expiresAt: Number,
    redeemed: Schema.Types.Mixed,
    owner: String,
    leaseUntil: Date,
    version: { type: Number, required: true },
    told: Boolean,
    shipTo: Schema.Types.Mixed,
    sent: Schema.Types.Mixed,
    remindedAt: Number,
  },
  inCollection('grants'),
)
  .index({ customerId: 1, reservedAt: -1, _id: -1 })
  .index({ surprise: 1, reservedAt: -1, _id: -1 })
  .index({ code: 1 }, { unique: true, partialFilterExpression: { code: { $exists: true } } })
  .index(
    { status: 1, 'sent.at': 1, confirmedAt: 1, _id: 1 },
    { partialFilterExpression: { kind: 'gift' }, name: 'gifts' },
  )
  .index({ leaseUntil: 1 }, { partialFilterExpression: { status: 'pending' }, name: 'pending' });

export const GrantModel = model('Grant', grantSchema);

/** A grant as the rules see it. */
export function toGrant(kept: GrantDocument): Grant {
  const { _id: id, owner: _, leaseUntil: __, version: ___, told: ____, ...fulfilled } = kept;
  const { shipTo: _____, sent: ______, remindedAt: _______, ...grant } = fulfilled;
  return { id, ...grant };
}
