import { randomUUID } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import type { DecisionRecord } from '../domain/journey.ts';
import { messagesOf } from '../domain/webhook-message.ts';
import { inCollection } from './collection.ts';
import { isAnyoneTold } from './webhooks.ts';

/** A decision as kept. Its `_id` is `customerId/seq`: a repeated one replaces itself. */
type DecisionDocument = DecisionRecord & {
  readonly _id: string;
  /** It has something to tell subscribers (data/announcements.ts); another mark each time it is kept. */
  readonly untold?: string;
};

const decisionSchema = new Schema<DecisionDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    seq: { type: Number, required: true },
    at: { type: Number, required: true },
    phase: { type: String, required: true },
    playbook: { type: Number, required: true },
    heard: { type: Schema.Types.Mixed, required: true },
    changes: { type: Schema.Types.Mixed, required: true },
    untold: String,
  },
  inCollection('decisions'),
)
  .index({ customerId: 1, seq: -1 })
  .index({ at: 1 })
  .index({ untold: 1 }, { sparse: true })
  .index({ at: -1 }, { partialFilterExpression: { 'changes.outcome.kind': 'failed' }, name: 'failed' });

export const DecisionModel = model('Decision', decisionSchema);

/** The biography of a relationship. */
export const decisions = {
  /** Keeps a decision; one with the same number is replaced, as only the last answer of a retried `decide` counts. */
  async save(decision: DecisionRecord): Promise<void> {
    const _id = `${decision.customerId}/${decision.seq}`;
    const isTold = messagesOf(decision).length > 0 && (await isAnyoneTold());
    const kept = isTold ? { ...decision, untold: randomUUID() } : decision;
    await DecisionModel.replaceOne({ _id }, kept, { upsert: true });
  },

  /**
   * A customer's last decisions, newest first.
   *
   * @param before epoch milliseconds; only those made earlier
   */
  async ofCustomer(customerId: string, limit: number, before = Infinity): Promise<readonly DecisionRecord[]> {
    const kept = await DecisionModel.find({ customerId, at: trusted({ $lt: before }) })
      .sort({ seq: -1 })
      .limit(limit)
      .lean();
    return kept.map(({ _id, untold, ...decision }) => decision);
  },
};
