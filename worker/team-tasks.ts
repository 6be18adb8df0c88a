import type { customers } from '../data/customers.ts';
import type { teamTasksTold } from '../data/team-tasks-told.ts';
import type { Playbook, Shop } from '../domain/playbook.ts';
import type { TeamNews } from '../domain/team-news.ts';
import { type TeamTask, todoOf } from '../domain/team-task.ts';
import { type LoopLog, loop } from './loop.ts';

const IDLE_MS = 5_000;

export type TeamTasksDeps = {
  readonly teamTasksTold: Pick<typeof teamTasksTold, 'putOnItsWay'>;
  /** The server's time, and the moment that it is in a time-lapse; epoch milliseconds. */
  readonly moment: () => { readonly serverTime: number; readonly now: number };
  readonly log: LoopLog['log'];
};

/** Has the team told of new tasks, and reminded of those that wait; once each, however many run. */
export async function tellOfTasks(deps: TeamTasksDeps, stop: AbortSignal): Promise<void> {
  const step = async () => {
    const { serverTime, now } = deps.moment();
    return (await deps.teamTasksTold.putOnItsWay(serverTime, now)) ? 0 : IDLE_MS;
  };
  await loop({ log: deps.log, waits: 'tasks wait to be told' }, step, stop);
}

type LinesDeps = {
  readonly teamTasksTold: Pick<typeof teamTasksTold, 'open'>;
  readonly customers: Pick<typeof customers, 'byId'>;
  readonly playbook: () => Promise<Playbook>;
};

/** What news tells of, a line each, by what is known now: what was closed or erased meanwhile is told no more. */
export function createLinesOf({ teamTasksTold, customers, playbook }: LinesDeps) {
  return async (news: TeamNews, { locale }: Shop): Promise<readonly string[]> => {
    if (!('tasks' in news)) return [];
    const { touches } = await playbook();
    const lineOf = async (task: TeamTask) => {
      const touch = touches.find(({ name }) => name === task.touch);
      const { first } = (await customers.byId(task.customerId))?.known.profile.name ?? {};
      return todoOf(task, touch, first, locale.startsWith('nl') ? 'nl' : 'en');
    };
    return Promise.all((await teamTasksTold.open(news.tasks)).map(lineOf));
  };
}
