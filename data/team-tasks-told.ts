import { type QueryFilter, trusted } from 'mongoose';
import { ulid } from 'ulid';
import type { TeamTask } from '../domain/team-task.ts';
import { teamMails } from './team-mails.ts';
import { type TeamTaskDocument, TeamTaskModel, toTeamTask } from './team-task-document.ts';
import { inTransaction } from './transaction.ts';

/** Most tasks that one mail names. */
const MOST_NAMED = 50;

type Told = {
  readonly about: 'tasks-given' | 'tasks-waiting';
  /** Whether it is time to tell of any. */
  readonly isDue: QueryFilter<TeamTaskDocument>;
  /** Which are told of then. */
  readonly marked: QueryFilter<TeamTaskDocument>;
  readonly mark: 'tellAt' | 'remindAt';
};

/** Of which tasks the team is told by mail: once that they were given, once that they have waited for days. */
export const teamTasksTold = {
  /**
   * Puts a mail to the team on its way for what was given, and for what has waited: the marks go with it, so of many
   * workers one does.
   *
   * @param now the wall's time, by which news is gathered; epoch milliseconds
   * @param logical the moment by which tasks wait
   * @returns whether there was anything to tell
   */
  async putOnItsWay(now: number, logical: number): Promise<boolean> {
    const given = { tellAt: trusted({ $exists: true }) };
    const waiting = { remindAt: trusted({ $lte: new Date(logical) }) };
    const isDue = { tellAt: trusted({ $lte: new Date(now) }) };
    const told = [
      await tell({ about: 'tasks-given', isDue, marked: given, mark: 'tellAt' }, now),
      await tell({ about: 'tasks-waiting', isDue: waiting, marked: waiting, mark: 'remindAt' }, now),
    ];
    return told.includes(true);
  },

  /** Those of some tasks that are open still. */
  async open(keys: readonly string[]): Promise<readonly TeamTask[]> {
    const kept = await TeamTaskModel.find({ _id: trusted({ $in: [...keys] }), state: 'open' })
      .sort({ at: 1, _id: 1 })
      .lean();
    return kept.map(toTeamTask);
  },
};

async function tell({ about, isDue, marked, mark }: Told, now: number): Promise<boolean> {
  if (!(await TeamTaskModel.exists(isDue))) return false;
  return inTransaction(async (session) => {
    const due = await TeamTaskModel.find(marked, { _id: 1 })
      .sort({ [mark]: 1, _id: 1 })
      .limit(MOST_NAMED)
      .session(session)
      .lean();
    if (due.length === 0) return false;
    const tasks = due.map(({ _id }) => _id);
    await TeamTaskModel.updateMany(
      { _id: trusted({ $in: tasks }) },
      { $unset: { [mark]: 1 as const } },
      { session },
    );
    await teamMails.add({ id: `${about}.${ulid(now)}`, news: { about, tasks } }, new Date(now), session);
    return true;
  });
}
