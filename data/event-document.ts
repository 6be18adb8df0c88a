import { model, Schema } from 'mongoose';
import { inCollection } from './collection.ts';
import type { EventDocument } from './kept-event.ts';

const eventSchema = new Schema<EventDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    n: { type: Number, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    acts: { type: Boolean, required: true },
    acted: Boolean,
    customer: Schema.Types.Mixed,
    consent: Schema.Types.Mixed,
    data: Schema.Types.Mixed,
    untold: Schema.Types.Mixed,
    forgotten: Boolean,
  },
  inCollection('events'),
)
  .index({ customerId: 1, n: 1 }, { unique: true })
  .index({ type: 1, at: 1 })
  .index({ at: 1 }, { partialFilterExpression: { 'data.shipTo': { $exists: true } }, name: 'addresses' })
  .index({ untold: 1 }, { sparse: true });

export const EventModel = model('Event', eventSchema);
