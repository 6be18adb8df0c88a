import { type IndexDefinition, model, Schema } from 'mongoose';
import type { ByHand } from '../domain/by-hand.ts';
import type { Bounce } from '../domain/delivery-report.ts';
import type { Cause } from '../domain/journey.ts';
import type { Phase } from '../domain/phases.ts';
import type { SendOutcome } from '../domain/send.ts';
import type { TemplateValues } from '../domain/values.ts';
import { inCollection } from './collection.ts';

/** All that is needed to send the very same mail once more. */
export type PinnedMail = {
  /** The compiled template's id. */
  readonly template: string;
  readonly locale: string;
  readonly subject: string;
  readonly from: string;
  readonly to?: string;
  /** The name beside the address. */
  readonly toName?: string;
  readonly values: TemplateValues;
  readonly messageId: string;
  readonly date: string;
  readonly boundary: string;
  /** Its links are counted. */
  readonly measured?: true;
};

/**
 * Where a send stands (design §6). Only `transmitting` may have reached the mail server without our knowing;
 * `released` is free to be claimed again, `lost` is what a person says did not arrive, and `moved` marks one that was
 * the merged customer's.
 */
export type SendState =
  | 'claimed'
  | 'transmitting'
  | 'accepted'
  | 'rejected'
  | 'unknown'
  | 'skipped'
  | 'released'
  | 'lost'
  | 'moved';

/** One e-mail to one customer. Its `_id` is the send key, so MongoDB itself forbids a second one. */
export type SendDocument = {
  readonly _id: string;
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  readonly kind: 'marketing' | 'service';
  readonly due: number;
  readonly because?: Cause;
  readonly phase?: Phase;
  readonly playbook?: number;
  readonly state: SendState;
  /** Made anew by each claim: whoever lost the claim cannot write any more. */
  readonly owner?: string;
  readonly claimedAt?: Date;
  readonly leaseUntil?: Date;
  readonly outcome?: SendOutcome;
  readonly settledAt?: Date;
  /** The mail server's own words. */
  readonly reply?: string;
  readonly mail?: PinnedMail;
  /** What a customer would have got but for a rehearsal. */
  readonly wouldBe?: PinnedMail;
  readonly postponements: number;
  readonly delays: { readonly count: number; readonly firstAt?: number };
  /** How often it was sent again after an unknown fate: service mail by itself, once at most; else by a person. */
  readonly resends: number;
  /** The key of the address it went to, while that was the customer's. */
  readonly addressKey?: string;
  /** It was accepted, and came back. `at`: when we heard of it, epoch milliseconds. */
  readonly bounce?: Bounce & { readonly at: number };
  /** When its receiver called it spam. */
  readonly spamComplaintAt?: Date;
  /** What people decided of it, in order. */
  readonly byHand?: readonly ByHand[];
};

/** All that results are counted by (data/results.ts): with it they are read from the index, and no mail from the disk. */
const COUNTED = {
  ...{ due: 1, settledAt: 1, state: 1, 'outcome.reason': 1, kind: 1 },
  ...{ touch: 1, occasion: 1, phase: 1, playbook: 1, customerId: 1 },
} satisfies IndexDefinition;

const sendSchema = new Schema<SendDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    touch: { type: String, required: true },
    occasion: { type: String, required: true },
    kind: { type: String, required: true },
    due: { type: Number, required: true },
    because: Schema.Types.Mixed,
    phase: String,
    playbook: Number,
    state: { type: String, required: true },
    owner: String,
    claimedAt: Date,
    leaseUntil: Date,
    outcome: Schema.Types.Mixed,
    settledAt: Date,
    reply: String,
    mail: Schema.Types.Mixed,
    wouldBe: Schema.Types.Mixed,
    postponements: { type: Number, required: true },
    delays: { type: Schema.Types.Mixed, required: true },
    resends: { type: Number, required: true },
    addressKey: String,
    bounce: Schema.Types.Mixed,
    spamComplaintAt: Date,
    byHand: { type: [Schema.Types.Mixed], default: undefined },
  },
  inCollection('sends'),
)
  .index({ customerId: 1, due: -1, _id: -1 })
  .index({ 'mail.measured': 1 }, { partialFilterExpression: { 'mail.measured': true } })
  .index({ claimedAt: -1 }, { partialFilterExpression: { kind: 'marketing' } })
  .index({ settledAt: 1 }, { partialFilterExpression: { mail: { $exists: true } }, name: 'mails' })
  .index({ settledAt: 1 }, { partialFilterExpression: { wouldBe: { $exists: true } }, name: 'wouldBe' })
  .index({ due: -1, _id: -1 }, { partialFilterExpression: { state: 'unknown' }, name: 'unknown' })
  .index({ leaseUntil: 1 }, { partialFilterExpression: { state: 'transmitting' }, name: 'transmitting' })
  .index(COUNTED, { partialFilterExpression: { settledAt: { $exists: true } }, name: 'results' });

/** Counters of a send that was never attempted. */
export const UNTRIED = { postponements: 0, delays: { count: 0 }, resends: 0 } as const;

export const SendModel = model('Send', sendSchema);

/**
 * The send as it is to be read: one that died while transmitting has an unknown fate, though no attempt has come
 * since to write so.
 *
 * @param now epoch milliseconds
 */
export function asItIs(send: SendDocument, now: number): SendDocument {
  const { state, leaseUntil } = send;
  const died = state === 'transmitting' && leaseUntil && leaseUntil.getTime() <= now;
  return died ? { ...send, state: 'unknown', outcome: { kind: 'unknown' }, settledAt: leaseUntil } : send;
}
