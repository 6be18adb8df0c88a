import { describe, expect, it } from '@jest/globals';
import { sendRef } from '../../domain/send-ref.ts';
import { anApi, asAdmin, aWorld, signIn } from '../support/api.ts';
import { aCustomer, anEvent, aPlaybook, aTouch, CUSTOMER_ID, NOON } from '../support/builders.ts';
import { aTeamTask } from '../support/team-tasks.ts';

const TASK = aTeamTask();
const ID = `${CUSTOMER_ID}.${sendRef(TASK.key)}`;
const TODO = { nl: 'Schrijf {first} een kaart', en: 'Write {first} a card' };

async function anApiWith(tasks = [TASK, aTeamTask({ occasion: '2', at: NOON + 1 })]) {
  const world = aWorld({ customers: [aCustomer([anEvent({ type: 'sign-up', n: 1 })])], tasks });
  const touch = aTouch({ name: 'handwritten', by: 'team', todo: TODO });
  const app = await anApi(world, { playbooks: { current: async () => aPlaybook([touch]) } });
  const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
  const get = (url: string) => app.inject({ url, headers: asAdmin() });
  const post = (url: string, body: object) =>
    app.inject({ method: 'POST', url, headers: asAdmin(), payload: JSON.stringify(body) });
  const press = (form: string, origin?: string) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { cookie, ...type, ...(origin && { origin }) };
    return app.inject({ method: 'POST', url: `/tasks/${ID}`, headers, payload: form });
  };
  const open = async (url: string, language = 'en') =>
    (await app.inject({ url, headers: { cookie, accept: 'text/html', 'accept-language': language } })).body;
  return { app, world, get, post, press, open };
}

describe('/v1/tasks', () => {
  it('lists what is to be done, in words, and leads from page to page', async () => {
    const { get } = await anApiWith();

    const first = (await get('/v1/tasks?state=open&limit=1&lang=nl')).json();
    expect(first.tasks).toEqual([
      {
        ...{ id: ID, key: TASK.key, customerId: CUSTOMER_ID, touch: 'handwritten', occasion: '1' },
        ...{ todo: 'Schrijf An een kaart', name: { first: 'An', last: null }, state: 'open', closed: null },
        ...{
          at: new Date(NOON).toISOString(),
          because: { ...TASK.because, at: new Date(NOON).toISOString() },
        },
      },
    ]);
    const second = (await get(`/v1/tasks?limit=1&cursor=${first.next}`)).json();
    expect(second.tasks).toMatchObject([{ occasion: '2', todo: 'Write An a card' }]);
    expect((await get('/v1/tasks?state=done')).json()).toEqual({ tasks: [], next: null });
  });

  it.each([
    ['done', undefined, { by: 'admin' }],
    ['done', { by: 'anna', note: 'with a drawing' }, { by: 'anna (admin)', text: 'with a drawing' }],
    ['cannot', { because: 'no address' }, { by: 'admin', text: 'no address' }],
  ])('keeps as an event that one is %s, by %j', async (what, body, said) => {
    const { post, world } = await anApiWith();

    expect((await post(`/v1/tasks/${ID}/${what}`, body ?? {})).statusCode).toBe(202);
    expect((await post(`/v1/tasks/${encodeURIComponent(TASK.key)}/${what}`, body ?? {})).statusCode).toBe(
      202,
    );
    expect(world.received[0]).toMatchObject({
      ...{ customerId: CUSTOMER_ID, type: `task-${what}` },
      data: { touch: 'handwritten', occasion: '1', ...said },
    });
  });

  it.each([
    [`/v1/tasks/${ID}/cannot`, {}, 422],
    [`/v1/tasks/${ID}/done`, { whom: 'x' }, 422],
    ['/v1/tasks/nobody.x/done', {}, 404],
    [`/v1/tasks/${CUSTOMER_ID}.x/done`, {}, 404],
  ])('refuses %s %j', async (url, body, status) => {
    expect((await (await anApiWith()).post(url, body)).statusCode).toBe(status);
  });

  it('is closed to keys of other scopes', async () => {
    const app = await anApi(aWorld(), { apiKeys: { check: async () => ({ scopes: ['tasks:read'] }) } });
    const headers = asAdmin('rk_other');

    expect((await app.inject({ url: '/v1/tasks', headers })).statusCode).toBe(200);
    const done = { method: 'POST', url: `/v1/tasks/${ID}/done`, headers, payload: '{}' } as const;
    expect((await app.inject(done)).statusCode).toBe(403);
  });
});

describe('/tasks', () => {
  it.each([
    ['en', '2 things to do by hand', 'Write An a card', 'There is nothing to do by hand now'],
    ['nl', '2 dingen met de hand te doen', 'Schrijf An een kaart', 'Er is nu niets met de hand te doen'],
  ])(
    'shows what is to be done, in %s, and the start page leads to it',
    async (language, count, todo, none) => {
      const { open } = await anApiWith();

      expect(await open('/', language)).toContain(count);
      expect(await open('/tasks', language)).toContain(todo);
      const { open: openEmpty } = await anApiWith([]);
      expect(await openEmpty('/', language)).not.toContain('href="/tasks"');
      expect(await openEmpty('/tasks', language)).toContain(none);
    },
  );

  it('has buttons that only our own page may press; a look changes nothing', async () => {
    const { press, open, world } = await anApiWith();
    await open('/tasks');
    expect(world.received).toEqual([]);

    expect((await press('what=done', 'https://elsewhere.example')).statusCode).toBe(403);
    expect((await press('what=done&by=Anna&note=')).headers.location).toBe('/tasks?told=done');
    expect((await press('what=cannot')).headers.location).toBe('/tasks?told=done');
    expect(world.received).toMatchObject([
      { type: 'task-done', data: { by: 'Anna' } },
      { type: 'task-cannot', data: { by: 'page' } },
    ]);
  });
});
