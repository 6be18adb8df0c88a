import type { customers } from '../data/customers.ts';
import type { giftsTold } from '../data/gifts-told.ts';
import type { teamTasksTold } from '../data/team-tasks-told.ts';
import { giftInWords } from '../domain/fulfilment.ts';
import type { Playbook, Shop } from '../domain/playbook.ts';
import type { TeamNews } from '../domain/team-news.ts';
import { type TeamTask, todoOf } from '../domain/team-task.ts';
import { type LoopLog, loop } from './loop.ts';

const IDLE_MS = 5_000;

export type TeamTasksDeps = {
  /** Of tasks, and of gifts. */
  readonly told: readonly Pick<typeof teamTasksTold, 'putOnItsWay'>[];
  /** The server's time, and the moment that it is in a time-lapse; epoch milliseconds. */
  readonly moment: () => { readonly serverTime: number; readonly now: number };
  readonly log: LoopLog['log'];
};

/** Has the team told of new tasks, and reminded of tasks and gifts that wait; once each, however many run. */
export async function tellOfTasks(deps: TeamTasksDeps, stop: AbortSignal): Promise<void> {
  const step = async () => {
    const { serverTime, now } = deps.moment();
    const told = await Promise.all(deps.told.map((one) => one.putOnItsWay(serverTime, now)));
    return told.includes(true) ? 0 : IDLE_MS;
  };
  await loop({ log: deps.log, waits: 'tasks wait to be told' }, step, stop);
}

type LinesDeps = {
  readonly teamTasksTold: Pick<typeof teamTasksTold, 'open'>;
  readonly giftsTold: Pick<typeof giftsTold, 'waiting'>;
  readonly customers: Pick<typeof customers, 'byId'>;
  readonly playbook: () => Promise<Playbook>;
};

/** What news tells of, a line each, by what is known now: what was closed or erased meanwhile is told no more. */
export function createLinesOf(deps: LinesDeps) {
  const { teamTasksTold, giftsTold, customers, playbook } = deps;
  return async (news: TeamNews, { locale }: Shop): Promise<readonly string[]> => {
    const language = locale.startsWith('nl') ? 'nl' : 'en';
    const firstName = async (id: string) => (await customers.byId(id))?.known.profile.name?.first;
    if ('gifts' in news) {
      const waiting = await giftsTold.waiting(news.gifts);
      return Promise.all(
        waiting.map(async (one) => giftInWords(one, await firstName(one.customerId), language)),
      );
    }
    if (!('tasks' in news)) return [];
    const { touches } = await playbook();
    const lineOf = async (task: TeamTask) => {
      const touch = touches.find(({ name }) => name === task.touch);
      return todoOf(task, touch, await firstName(task.customerId), language);
    };
    return Promise.all((await teamTasksTold.open(news.tasks)).map(lineOf));
  };
}
