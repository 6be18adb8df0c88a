import { describe, expect, it } from '@jest/globals';
import { sendRef } from '../../domain/send-ref.ts';
import { anApi, asAdmin, aWorld, signIn } from '../support/api.ts';
import { aCustomer, aPlaybook, aTouch, CUSTOMER_ID, NOON } from '../support/builders.ts';
import { aSend } from '../support/ledger.ts';

const UNKNOWN = { state: 'unknown', outcome: { kind: 'unknown' } } as const;
const SENDS = [
  aSend({ touch: 'tips', due: NOON, ...UNKNOWN, because: { type: 'purchase', id: 'shop/o-1', at: NOON } }),
  aSend({ touch: 'news', due: NOON - 1, ...UNKNOWN }),
  aSend({ touch: 'thank-you' }),
];
const ID = `${CUSTOMER_ID}.${sendRef(`${CUSTOMER_ID}/tips/1`)}`;

async function anApiWith(sends = SENDS) {
  const world = aWorld({ customers: [aCustomer([])], sends });
  const playbooks = { current: async () => aPlaybook([aTouch({ name: 'tips' })]) };
  const app = await anApi(world, { playbooks });
  const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
  const get = (url: string) => app.inject({ url, headers: asAdmin() });
  const post = (url: string, body: object) =>
    app.inject({ method: 'POST', url, headers: asAdmin(), payload: JSON.stringify(body) });
  const press = (what: string, origin?: string) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { cookie, ...type, ...(origin && { origin }) };
    return app.inject({ method: 'POST', url: `/sends/${ID}`, headers, payload: `what=${what}&because=why` });
  };
  const open = async (url: string, language = 'en') =>
    (await app.inject({ url, headers: { cookie, accept: 'text/html', 'accept-language': language } })).body;
  return { app, world, get, post, press, open };
}

describe('/v1/sends', () => {
  it('lists the mails of unknown fate, and leads from page to page', async () => {
    const { get } = await anApiWith();

    const first = (await get('/v1/sends?outcome=unknown&limit=1')).json();
    expect(first.sends).toEqual([
      {
        ...{ id: ID, key: `${CUSTOMER_ID}/tips/1`, customerId: CUSTOMER_ID, touch: 'tips', occasion: '1' },
        ...{ kind: 'marketing', at: new Date(NOON).toISOString(), outcome: { kind: 'unknown' }, byHand: [] },
        because: { type: 'purchase', id: 'shop/o-1', at: new Date(NOON).toISOString() },
      },
    ]);
    const second = (await get(`/v1/sends?limit=1&cursor=${first.next}`)).json();
    expect(second.sends).toMatchObject([{ touch: 'news' }]);
    expect((await get(`/v1/sends?cursor=${second.next}`)).json()).toEqual({ sends: [], next: null });
  });

  it.each(['?outcome=accepted', '?limit=0', '?limit=201', '?since=yesterday', '?touhc=tips', '?cursor=x'])(
    'refuses %s',
    async (query) => {
      const answer = await (await anApiWith()).get(`/v1/sends${query}`);

      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
    },
  );

  it('settles one by hand, once', async () => {
    const { get, post } = await anApiWith();
    const settle = () => post(`/v1/sends/${ID}/settle`, { outcome: 'arrived', because: 'she says so' });

    expect((await settle()).statusCode).toBe(204);
    expect((await settle()).statusCode).toBe(409);
    expect((await get('/v1/sends')).json().sends).toMatchObject([{ touch: 'news' }]);
  });

  it('has one sent again: an event tells of it, and who wants it', async () => {
    const { world, post } = await anApiWith();
    const answer = await post(`/v1/sends/${ID}/send-again`, { because: 'she asked', by: 'anna' });

    expect(answer.statusCode).toBe(202);
    expect(world.received).toMatchObject([
      {
        type: 'send-again',
        data: { touch: 'tips', occasion: '1', by: 'anna (admin)', because: 'she asked' },
      },
    ]);
  });

  it.each([
    ['settle', { outcome: 'arrived' }, '/because'],
    ['settle', { outcome: 'maybe', because: 'x' }, '/outcome'],
    ['send-again', {}, '/because'],
    ['send-again', { because: 'x', whom: 'y' }, '/whom'],
  ])('refuses to %s with %j', async (action, body, pointer) => {
    const answer = await (await anApiWith()).post(`/v1/sends/${ID}/${action}`, body);

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it('is closed to keys of other scopes', async () => {
    const apiKeys = { check: async () => ({ scopes: ['sending:read'] }) };
    const app = await anApi(aWorld(), { apiKeys });
    const headers = asAdmin('rk_other');

    expect((await app.inject({ url: '/v1/sends', headers })).statusCode).toBe(200);
    const url = `/v1/sends/${ID}/send-again`;
    const asked = await app.inject({ method: 'POST', url, headers, payload: '{"because":"x"}' });
    expect(asked.statusCode).toBe(403);
  });
});

describe('/sends', () => {
  it.each([
    ['en', '2 mails wait for you', 'Send it again', 'Nothing waits for you'],
    ['nl', '2 mails wachten op u', 'Stuur opnieuw', 'Er wacht niets op u'],
  ])(
    'shows what waits for a person, in %s, and the start page leads to it',
    async (language, count, button, empty) => {
      const { open } = await anApiWith();

      expect(await open('/', language)).toContain(count);
      expect(await open('/sends', language)).toContain(button);
      const { open: openEmpty } = await anApiWith([]);
      expect(await openEmpty('/', language)).not.toContain('/sends');
      expect(await openEmpty('/sends', language)).toContain(empty);
    },
  );

  it('has buttons that only our own page may press; a second press changes nothing, and says so', async () => {
    const { press, world } = await anApiWith();

    expect((await press('send-again', 'https://elsewhere.example')).statusCode).toBe(403);
    expect((await press('send-again')).headers.location).toBe('/sends?told=done');
    expect((await press('arrived')).headers.location).toBe('/sends?told=done');
    expect((await press('lost')).headers.location).toBe('/sends?told=known');
    expect(world.received).toMatchObject([{ type: 'send-again', data: { by: 'page', because: 'why' } }]);
  });
});
