import { describe, expect, it } from '@jest/globals';
import type { SendingState } from '../../data/sending.ts';
import type { Mode } from '../../domain/mode.ts';
import { anApi, asAdmin, aWorld, fakes, signIn } from '../support/api.ts';
import { aCustomer, aPlaybook, CUSTOMER_ID } from '../support/builders.ts';

async function anApiIn(mode: Mode = { kind: 'live' }, team: readonly string[] = [], state?: SendingState) {
  const playbook = aPlaybook([], { mode });
  const app = await anApi(aWorld({ customers: [aCustomer([])] }), {
    playbooks: { current: async () => ({ ...playbook, shop: { ...playbook.shop, team } }) },
    rehearsals: { onDay: async () => ({ copies: 25, leftOut: 317 }) },
    ...(state && { sending: { ...fakes(aWorld()).sending, current: async () => state } }),
  });
  const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
  const post = (url: string, body: object) =>
    app.inject({ method: 'POST', url, headers: asAdmin(), payload: JSON.stringify(body) });
  const press = (url: string, origin?: string) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { cookie, ...type, ...(origin && { origin }) };
    return app.inject({ method: 'POST', url, headers, payload: 'because=wrong+price' });
  };
  const open = async (url: string, language = 'en') =>
    (await app.inject({ url, headers: { cookie, accept: 'text/html', 'accept-language': language } })).body;
  return { app, post, press, open };
}

describe('/v1/sending', () => {
  it('tells whether mail leaves, stops it, and starts it', async () => {
    const { app, post } = await anApiIn();
    const headers = asAdmin();

    expect((await app.inject({ url: '/v1/sending', headers })).json()).toEqual({
      ...{ stopped: null, since: null, by: null, because: null },
      ...{ waiting: 3, spreadMinutes: 0 },
    });
    expect((await post('/v1/sending/stop', { because: 'a wrong price' })).json()).toMatchObject({
      ...{ stopped: 'all', by: 'api', because: 'a wrong price' },
    });
    expect((await post('/v1/sending/start', { spread: '2 hours' })).json()).toMatchObject({
      ...{ stopped: null, because: null, spreadMinutes: 120 },
    });
    expect((await post('/v1/sending/stop', { only: 'marketing' })).json()).toMatchObject({
      stopped: 'marketing',
    });
  });

  it.each([
    ['/v1/sending/stop', { only: 'service' }, '/only'],
    ['/v1/sending/stop', { becuase: 'x' }, '/becuase'],
    ['/v1/sending/start', { spread: '2 days' }, '/spread'],
    ['/v1/sending/start', { spread: 'soon' }, '/spread'],
  ])('refuses at %s %j', async (url, body, pointer) => {
    const answer = await (await anApiIn()).post(url, body);

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it('is closed to keys of other scopes', async () => {
    const apiKeys = { check: async () => ({ scopes: ['events:write'] }) };
    const app = await anApi(aWorld(), { apiKeys });
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/sending/stop',
      headers: asAdmin('rk_x'),
      payload: '{}',
    });

    expect(answer.statusCode).toBe(403);
  });
});

describe('the pages', () => {
  it('stop mail by a button, say so everywhere, and start it again', async () => {
    const { press, open } = await anApiIn();
    expect(await open('/')).not.toContain('Mail is stopped');
    expect(await open('/sending')).toContain('Mail leaves.');

    expect((await press('/sending/stop', 'http://127.0.0.1:3000')).headers.location).toBe('/sending');
    for (const page of ['/', `/customers/${CUSTOMER_ID}`, '/sending', '/nowhere']) {
      expect([page, (await open(page)).includes('Mail is stopped. Nothing leaves')]).toEqual([
        page,
        page !== '/nowhere',
      ]);
    }
    expect(await open('/', 'nl')).toContain('Mail staat stil.');
    expect(await open(`/customers/${CUSTOMER_ID}?lang=nl`)).toContain('Mail staat stil.');
    expect(await open('/')).toContain('“wrong price”');

    await press('/sending/start');
    expect(await open('/')).not.toContain('Mail is stopped');
  });

  it.each([
    ['en', 'the circuit breaker', 'Of the last 1000 marketing mails 4 were called spam'],
    ['nl', 'de zekering', 'Van de laatste 1000 marketingmails zijn er 4 als spam aangemerkt'],
  ])('say with which numbers the circuit breaker stopped marketing, in %s', async (language, who, why) => {
    const trip = { cause: 'spam-complaints', mails: 1_000, spamComplaints: 4, hardBounces: 0 } as const;
    const state = { stopped: 'marketing', by: 'circuit-breaker', at: new Date(), spreadMs: 0, trip } as const;
    const { open } = await anApiIn(undefined, [], state);

    for (const page of ['/', '/sending']) {
      const shown = await open(page, language);
      expect([page, shown.includes(who), shown.includes(why)]).toEqual([page, true, true]);
    }
  });

  it('take no such order from elsewhere, nor from whoever has not signed in', async () => {
    const { app, press, open } = await anApiIn();

    expect((await press('/sending/stop', 'https://evil.example')).statusCode).toBe(403);
    expect((await press('/sending/stop', 'null')).statusCode).toBe(403);
    expect((await app.inject({ method: 'POST', url: '/sending/stop' })).headers.location).toMatch(
      /^\/sign-in/,
    );
    expect(await open('/')).not.toContain('Mail is stopped');
  });

  it.each<[string, Mode, readonly string[], string]>([
    [
      'a rehearsal',
      { kind: 'rehearsal' },
      ['a@b.nl'],
      'The team got 25 copies today; 317 more would have gone.',
    ],
    ['a rehearsal without a team', { kind: 'rehearsal' }, [], 'shop.team names nobody'],
    ['a pilot', { kind: 'pilot', share: 0.05 }, [], 'Pilot: 5% of customers get mail'],
  ])('say clearly that the shop is in %s', async (_name, mode, team, text) => {
    const { open } = await anApiIn(mode, team);

    expect(await open('/')).toContain(text);
    expect(await open(`/customers/${CUSTOMER_ID}`)).toContain(text);
  });

  it('say of a customer whom a pilot leaves out that they get no mail', async () => {
    const { open } = await anApiIn({ kind: 'pilot', share: 0 });

    expect(await open(`/customers/${CUSTOMER_ID}`)).toContain('This customer gets no mail');
  });
});
