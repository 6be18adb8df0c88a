import { model, Schema } from 'mongoose';
import type { TeamTask } from '../domain/team-task.ts';
import { inCollection } from './collection.ts';

/** A task as kept. Its `_id` is the send key, so MongoDB itself forbids a second one. */
export type TeamTaskDocument = Omit<TeamTask, 'key'> & {
  readonly _id: string;
  /** When the team is told of it by mail; wall time. Absent: it was. */
  readonly tellAt?: Date;
  /** When the team is reminded of it; absent: it was, or it is closed. */
  readonly remindAt?: Date;
  /** Subscribers are yet to be told that it was given. */
  readonly untold?: true;
};

const teamTaskSchema = new Schema<TeamTaskDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    touch: { type: String, required: true },
    occasion: { type: String, required: true },
    state: { type: String, required: true },
    reason: String,
    because: { type: Schema.Types.Mixed, required: true },
    phase: { type: String, required: true },
    playbook: { type: Number, required: true },
    at: { type: Number, required: true },
    closed: Schema.Types.Mixed,
    tellAt: Date,
    remindAt: Date,
    untold: Boolean,
  },
  inCollection('tasks'),
)
  .index({ customerId: 1, at: -1 })
  .index({ state: 1, at: 1, _id: 1 })
  .index({ 'closed.at': 1 }, { sparse: true })
  .index({ tellAt: 1 }, { partialFilterExpression: { tellAt: { $exists: true } } })
  .index({ remindAt: 1 }, { partialFilterExpression: { remindAt: { $exists: true } } })
  .index({ untold: 1 }, { partialFilterExpression: { untold: true } });

export const TeamTaskModel = model('TeamTask', teamTaskSchema);

export function toTeamTask({ _id, tellAt, remindAt, untold, ...task }: TeamTaskDocument): TeamTask {
  return { key: _id, ...task };
}
