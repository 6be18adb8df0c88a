import { type ClientSession, model, Schema, trusted } from 'mongoose';
import type { ReportedOfOrder } from '../domain/reported.ts';
import { inCollection, isDuplicate } from './collection.ts';

/** What was told of an order whose customer nobody has told yet. */
type AwaitedDocument = {
  /** The identity of the first of its events. */
  readonly _id: string;
  /** The identity of the order's purchase, `source/id`. */
  readonly order: string;
  readonly events: readonly ReportedOfOrder[];
  readonly receivedAt: Date;
};

/**
 * How long it waits. Orders that no webhook tells come, if ever, with a shop's export; a shop that exports once a year
 * has done so by then, with five weeks to spare, and what was given back is no longer kept of an order nobody knows.
 */
const KEPT_S = 400 * 86_400;

const awaitedSchema = new Schema<AwaitedDocument>(
  {
    _id: String,
    order: { type: String, required: true },
    events: { type: Schema.Types.Mixed, required: true },
    receivedAt: { type: Date, required: true },
  },
  inCollection('awaited'),
)
  .index({ order: 1 })
  .index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_S });

export const AwaitedModel = model('Awaited', awaitedSchema);

export type Awaited = { readonly id: string; readonly events: readonly ReportedOfOrder[] };

/**
 * What waits for its order to be told: a refund may come before the purchase, and names no customer.
 *
 * Who keeps something here looks for the purchase after that, and who receives a purchase looks here after that:
 * whichever comes last sees the other.
 */
export const awaited = {
  async keep(order: string, events: readonly ReportedOfOrder[], now: number): Promise<Awaited> {
    const id = `${events[0]?.source}/${events[0]?.id}`;
    try {
      await AwaitedModel.create([{ _id: id, order, events, receivedAt: new Date(now) }]);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return { id, events };
  },

  async ofOrder(order: string): Promise<readonly Awaited[]> {
    const kept = await AwaitedModel.find({ order }).lean();
    return kept.map(({ _id, events }) => ({ id: _id, events }));
  },

  /** Forgets all that waits for some orders. */
  async dropOrders(orders: readonly string[], session: ClientSession): Promise<void> {
    await AwaitedModel.deleteMany({ order: trusted({ $in: [...orders] }) }, { session });
  },

  /** Forgets what is kept as events now. */
  async drop(id: string): Promise<void> {
    await AwaitedModel.deleteOne({ _id: id });
  },
};
