import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createGiveTask } from '../../activities/give-task.ts';
import { announcements } from '../../data/announcements.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { erasures } from '../../data/erasures.ts';
import { sending } from '../../data/sending.ts';
import { TeamTaskModel } from '../../data/team-task-document.ts';
import { teamTasks } from '../../data/team-tasks.ts';
import { webhooks } from '../../data/webhooks.ts';
import { sendKey } from '../../domain/send.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const CARD = aTouch({ name: 'card', by: 'team', on: 'entering' });
const PLAYBOOK = aPlaybook([CARD], { contact: { caps: [{ max: 1, days: 2 }] } });
const { receive, receiveOwn } = aReceive({ now: NOON });
const DONE = { kind: 'done' } as const;

let customerId: string;
let person: ReturnType<typeof somebody>;
beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  person = somebody();
  customerId = (await receive([anEvent({ id: person.id }, { at: NOON })], 'api'))[0]?.customerId ?? '';
});

function giving(playbook = PLAYBOOK) {
  return createGiveTask({
    ...{ customers, teamTasks, sending, lapse: false, playbook: async () => playbook },
    clock: () => ({ now: () => NOON, serverTime: () => NOON }),
  });
}
const task = (occasion = '1', id = customerId) => ({ ...aTaskFor(id, 'card', NOON), occasion });
const give = (occasion?: string) => giving()(task(occasion));
const open = () => TeamTaskModel.countDocuments({ customerId, state: 'open' });

describe('giveTask', () => {
  it('gives a task once, however many attempts there are at once, to somebody without any address', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => give()));

    expect(outcomes).toEqual(Array.from({ length: 8 }, () => DONE));
    expect(await open()).toBe(1);
    expect((await customers.byId(customerId))?.contact.places).toMatchObject([{ kind: 'marketing' }]);
  });

  it('gives the last place under a cap to one of many at once', async () => {
    const outcomes = await Promise.all(['1', '2', '3', '4'].map(give));

    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(outcomes.filter((one) => one.kind === 'postponed' && one.reason === 'cap')).toHaveLength(3);
    expect(await open()).toBe(1);
  });

  it('gives none while a complaint is open, marketing paused or mail stopped', async () => {
    await receiveOwn(customerId, { type: 'pause', at: NOON, data: { because: 'on holiday' } });
    expect(await give()).toMatchObject({ kind: 'postponed', reason: 'paused' });
    await receive([anEvent({ id: person.id }, { type: 'complaint', at: NOON })], 'api');
    expect(await give()).toMatchObject({ kind: 'postponed', reason: 'hold' });
    expect(await open()).toBe(0);
  });

  it('keeps that it was held back, for the holdout to be told from the rest', async () => {
    const playbook = { ...PLAYBOOK, contact: { ...PLAYBOOK.contact, holdout: 1 } };

    expect(await giving(playbook)(task())).toEqual({ kind: 'skipped', reason: 'holdout' });
    expect(await give()).toEqual({ kind: 'skipped', reason: 'holdout' }); // it stands
    expect(await TeamTaskModel.findById(sendKey(task())).lean()).toMatchObject({ state: 'skipped' });
  });

  it('gives none to who is erased while it is attempted, and keeps no row of them', async () => {
    await erasures.ask(customerId, 'test', NOON);

    expect(await give()).toEqual({ kind: 'skipped', reason: 'erased' });
    expect(await TeamTaskModel.countDocuments({ customerId })).toBe(0);
  });

  it('is not given again to whom the customer became', async () => {
    const bo = somebody();
    const [younger] = await receive([anEvent({ id: bo.id, email: bo.email }, { at: NOON })], 'api');
    await giving()(task('1', younger?.customerId));
    await receive([anEvent({ id: person.id, email: bo.email }, { at: NOON })], 'api');

    expect(await give()).toEqual({ kind: 'skipped', reason: 'merged' });
    expect(await open()).toBe(1);
  });

  it('has subscribers told, once a task', async () => {
    await webhooks.create('https://crm.example', ['task.given'], NOON);
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // whether anybody is told is asked once a second
    await give();

    const told = await announcements.next(100);
    await told?.done();
    expect(told?.messages.filter(({ type }) => type === 'task.given')).toMatchObject([
      { id: `task/${sendKey(task())}`, data: { customerId, touch: 'card' } },
    ]);
    expect(await announcements.next(100)).toBeUndefined();
  });
});
