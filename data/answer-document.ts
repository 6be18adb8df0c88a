import { model, Schema } from 'mongoose';
import type { Answer } from '../domain/answer.ts';
import { inCollection } from './collection.ts';

/** A customer's answer to one question. Its `_id` is the send key of the mail that asked: one ask, one answer. */
export type AnswerDocument = Omit<Answer, 'key' | 'firstAt' | 'at' | 'askedAt' | 'until'> & {
  readonly _id: string;
  readonly askedAt: Date;
  readonly until: Date;
  readonly firstAt: Date;
  readonly at: Date;
  /** Subscribers are to be told of it (data/announcements.ts): how often it was changed by then. */
  readonly untold?: number;
  /** What the customer wrote is not kept any more (data/retention.ts). */
  readonly forgotten?: true;
};

const answerSchema = new Schema<AnswerDocument>(
  {
    _id: String,
    ref: { type: String, required: true },
    customerId: { type: String, required: true },
    touch: { type: String, required: true },
    occasion: { type: String, required: true },
    ask: { type: String, required: true },
    orderId: String,
    askedAt: { type: Date, required: true },
    until: { type: Date, required: true },
    said: { type: Schema.Types.Mixed, required: true },
    firstAt: { type: Date, required: true },
    at: { type: Date, required: true },
    changes: { type: Number, required: true },
    complained: Boolean,
    untold: Number,
    forgotten: Boolean,
  },
  inCollection('answers'),
)
  .index({ customerId: 1, at: -1 })
  .index({ at: 1 })
  .index({ untold: 1 }, { sparse: true });

export const AnswerModel = model('Answer', answerSchema);

/** The answer as the rules see it. */
export function toAnswer({ _id, untold, forgotten, ...kept }: AnswerDocument): Answer {
  const { askedAt, until, firstAt, at, ...answer } = kept;
  const times = { askedAt: askedAt.getTime(), until: until.getTime(), firstAt: firstAt.getTime() };
  return { key: _id, ...answer, ...times, at: at.getTime() };
}

/** The answer as it is kept. */
export function fromAnswer({ key, askedAt, until, firstAt, at, ...answer }: Answer): AnswerDocument {
  const times = { askedAt: new Date(askedAt), until: new Date(until), firstAt: new Date(firstAt) };
  return { _id: key, ...answer, ...times, at: new Date(at) };
}
