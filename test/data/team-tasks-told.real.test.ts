import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { giftsTold } from '../../data/gifts-told.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import { TeamTaskModel } from '../../data/team-task-document.ts';
import { teamTasks } from '../../data/team-tasks.ts';
import { teamTasksTold } from '../../data/team-tasks-told.ts';
import { inTransaction } from '../../data/transaction.ts';
import { createLinesOf } from '../../worker/team-tasks.ts';
import { aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';
import { aDatabase } from '../support/shop.ts';
import { aTeamTask } from '../support/team-tasks.ts';

const MINUTE = 60_000;
const KEYS = ['1', '2', '3'].map((occasion) => aTeamTask({ occasion }).key);

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  await Promise.all([TeamTaskModel.deleteMany({}), TeamMailModel.deleteMany({})]);
  for (const occasion of ['1', '2', '3']) await teamTasks.settle(aTeamTask({ occasion }), undefined, NOON);
});

const tell = (now: number) => Promise.all([1, 2, 3].map(() => teamTasksTold.putOnItsWay(now, now)));
const told = async () => (await TeamMailModel.find().sort({ at: 1 }).lean()).map(({ news }) => news);
const close = (key = '', what: 'done' | 'cannot' = 'done') =>
  inTransaction((session) => teamTasks.close(key, what, { by: 'anna', at: NOON }, session));

describe('teamTasksTold', () => {
  it('gathers what was given within a minute in one mail, whoever of many workers sends it', async () => {
    await tell(NOON);
    expect(await told()).toEqual([]);

    await tell(NOON + MINUTE);
    await tell(NOON + MINUTE);
    expect(await told()).toEqual([{ about: 'tasks-given', tasks: KEYS }]);
  });

  it('reminds after three days, once, of those that are open', async () => {
    await tell(NOON + MINUTE);
    await close(KEYS[0]);
    await tell(NOON + 3 * DAY - 1);
    expect(await told()).toHaveLength(1);

    await tell(NOON + 3 * DAY);
    await tell(NOON + 9 * DAY);
    expect((await told()).slice(1)).toEqual([{ about: 'tasks-waiting', tasks: KEYS.slice(1) }]);
  });

  it('says in words what is to be done, of what is open still when the mail leaves', async () => {
    await close(KEYS[1], 'cannot');
    const todo = { nl: 'Schrijf {first} een kaart', en: 'Write {first} a card' };
    const playbook = aPlaybook([aTouch({ name: 'handwritten', by: 'team', todo })]);
    const linesOf = createLinesOf({ teamTasksTold, giftsTold, customers, playbook: async () => playbook });

    const lines = await linesOf({ about: 'tasks-given', tasks: KEYS }, playbook.shop);
    expect(lines).toEqual(['Schrijf deze klant een kaart', 'Schrijf deze klant een kaart']);
  });
});

describe('teamTasks.close', () => {
  it('lets one of many who say so at once close a task, and keeps who it was', async () => {
    const said = await Promise.allSettled([close(KEYS[0]), close(KEYS[0], 'cannot'), close(KEYS[0])]);

    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await teamTasks.list('open', 9)).map(({ key }) => key)).toEqual(KEYS.slice(1));
    expect(await TeamTaskModel.findById(KEYS[0]).lean()).toMatchObject({ closed: { by: 'anna', at: NOON } });
  });
});
