import { model, Schema } from 'mongoose';
import type { Resolution, Severity, Via } from '../domain/case-words.ts';
import { inCollection } from './collection.ts';

/** What somebody of the team wrote beside a case. */
export type CaseNote = {
  readonly id: string;
  readonly by: string;
  readonly at: Date;
  readonly text: string;
};

/** Something of a case that subscribers are to be told of (data/announcements.ts). */
export type UntoldOfCase = {
  readonly id: string;
  readonly what: 'opened' | 'reopened' | 'resolved' | 'reminder' | 'escalated' | 'unresolved';
  readonly at: Date;
};

/**
 * One complaint, from its receipt on. Its `_id` is the id of its event, whose text stays there; how it stands is what
 * the customer's facts say, written in the transaction that changes these.
 */
export type CaseDocument = {
  readonly _id: string;
  readonly customerId: string;
  readonly via: Via;
  readonly severity: Severity;
  readonly openedAt: Date;
  readonly orderId?: string;
  readonly state: 'open' | 'resolved';
  /** How often it was opened again. */
  readonly turn: number;
  /** When it was opened, or opened again: from then the clock runs. */
  readonly since: Date;
  /** Until when it is to have its first answer. */
  readonly answerBy: Date;
  readonly answeredAt?: Date;
  readonly resolvedAt?: Date;
  readonly resolution?: Resolution;
  /** The id of the event that resolved it. */
  readonly resolvedBy?: string;
  /** By what a list is ordered: when something is wanted of the team; of a resolved one, when that was. */
  readonly clock: Date;
  readonly owner?: string;
  readonly notes: readonly CaseNote[];
  /** The alarms of its clock that were given: each once. */
  readonly alarms: readonly { readonly id: string; readonly at: Date }[];
  /** It is of old: nobody is told of it, and no clock runs. */
  readonly history?: true;
  readonly untold?: readonly UntoldOfCase[];
};

const caseSchema = new Schema<CaseDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    via: { type: String, required: true },
    severity: { type: String, required: true },
    openedAt: { type: Date, required: true },
    orderId: String,
    state: { type: String, required: true },
    turn: { type: Number, required: true },
    since: { type: Date, required: true },
    answerBy: { type: Date, required: true },
    answeredAt: Date,
    resolvedAt: Date,
    resolution: String,
    resolvedBy: String,
    clock: { type: Date, required: true },
    owner: String,
    notes: { type: Schema.Types.Mixed, required: true },
    alarms: { type: Schema.Types.Mixed, required: true },
    history: Boolean,
    untold: Schema.Types.Mixed,
  },
  inCollection('complaints'),
)
  .index({ customerId: 1, openedAt: -1 })
  .index({ state: 1, clock: 1, _id: 1 })
  .index({ openedAt: -1, _id: 1 })
  .index({ resolvedAt: 1 }, { sparse: true })
  .index({ 'untold.id': 1 }, { sparse: true });

export const CaseModel = model('Case', caseSchema);
