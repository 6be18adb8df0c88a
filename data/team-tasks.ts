import { type ClientSession, trusted } from 'mongoose';
import type { Place } from '../domain/customer.ts';
import type { TouchOutcome } from '../domain/send.ts';
import { sendRef } from '../domain/send-ref.ts';
import { type Closing, outcomeOf, remindedAt, TaskClosed, type TeamTask } from '../domain/team-task.ts';
import { isDuplicate } from './collection.ts';
import { CustomerModel, placeTaken, type Seen } from './customer-document.ts';
import { type TeamTaskDocument, TeamTaskModel, toTeamTask } from './team-task-document.ts';
import { inTransaction } from './transaction.ts';
import { isAnyoneTold } from './webhooks.ts';

/** The place a task takes under the caps, and what of the customer has to be as it was seen for that. */
export type Taking = { readonly seen: Seen; readonly place: Place; readonly forgetBefore: number };

/** Where a page of tasks ended. */
export type TaskMark = { readonly at: number; readonly key: string };

/** How long the team's mail waits for further tasks: those of one morning come in one mail. */
const GATHERED_MS = 60_000;

/** What people of the team are to do, each thing once. */
export const teamTasks = {
  /** What became of it, if it was given or settled before. */
  async outcome(key: string): Promise<TouchOutcome | undefined> {
    const kept = await TeamTaskModel.findById(key).lean();
    return kept ? outcomeOf(kept) : undefined;
  },

  /**
   * Keeps a task, open or settled without being given, together with the place it takes: both or neither.
   *
   * @param serverTime of this attempt, epoch milliseconds
   * @returns the outcome that stands: an earlier attempt's, if there was one; nothing where the customer is not as seen
   */
  async settle(
    task: TeamTask,
    taking: Taking | undefined,
    serverTime: number,
  ): Promise<TouchOutcome | undefined> {
    const isTold = task.state === 'open' && (await isAnyoneTold());
    const row = { ...rowOf(task, serverTime), ...(isTold && { untold: true as const }) };
    try {
      return await inTransaction(async (session) => {
        const kept = await TeamTaskModel.findById(row._id).session(session).lean();
        if (kept) return outcomeOf(kept);
        if (taking && !(await takes(task.customerId, taking, session))) return undefined;
        await TeamTaskModel.create([row], { session });
        return outcomeOf(row);
      });
    } catch (error) {
      if (isDuplicate(error)) return teamTasks.outcome(row._id);
      throw error;
    }
  },

  /** The task of a customer by its key, or by the `sendRef` of that. */
  async find(customerId: string, named: string): Promise<TeamTask | undefined> {
    const theirs = await TeamTaskModel.find({ customerId, state: trusted({ $ne: 'moved' as const }) }).lean();
    const kept = theirs.find(({ _id }) => _id === named || sendRef(_id) === named);
    return kept && toTeamTask(kept);
  },

  /** Tasks in a state: those that are open the oldest first, others the latest first. */
  async list(
    state: 'open' | 'done' | 'cannot',
    limit: number,
    after?: TaskMark,
  ): Promise<readonly TeamTask[]> {
    const [order, beyond] = state === 'open' ? [1 as const, '$gt'] : [-1 as const, '$lt'];
    const rest = after && {
      $or: [{ at: trusted({ [beyond]: after.at }) }, { at: after.at, _id: trusted({ [beyond]: after.key }) }],
    };
    const kept = await TeamTaskModel.find({ state, ...rest })
      .sort({ at: order, _id: order })
      .limit(limit)
      .lean();
    return kept.map(toTeamTask);
  },

  /** How many are open, counted up to `most`. */
  async countOpen(most: number): Promise<number> {
    return TeamTaskModel.countDocuments({ state: 'open' }).limit(most);
  },

  /**
   * Closes one, as a part of keeping the event that tells of it.
   *
   * @throws TaskClosed when it is not open, or another was quicker
   */
  async close(key: string, state: 'done' | 'cannot', closed: Closing, session: ClientSession): Promise<void> {
    const closing = { $set: { state, closed }, $unset: { tellAt: 1, remindAt: 1 } } as const;
    const { modifiedCount } = await TeamTaskModel.updateOne({ _id: key, state: 'open' }, closing, {
      session,
    });
    if (modifiedCount === 0) throw new TaskClosed();
  },
};

function rowOf({ key, ...task }: TeamTask, serverTime: number): TeamTaskDocument {
  if (task.state !== 'open') return { _id: key, ...task };
  const tellAt = new Date(serverTime + GATHERED_MS);
  return { _id: key, ...task, tellAt, remindAt: new Date(remindedAt(task)) };
}

async function takes(id: string, { seen, place, forgetBefore }: Taking, session: ClientSession) {
  const { where, taken } = placeTaken(id, seen, place, forgetBefore);
  const updated = await CustomerModel.updateOne(where, taken, { updatePipeline: true, session });
  return updated.modifiedCount === 1;
}
