import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { anApi, aWorld, type World } from '../support/api.ts';
import { CUSTOMER_ID, NOON } from '../support/builders.ts';
import { aGuest, aToken, guestPagesOf } from '../support/guests.ts';
import { postForm } from '../support/join.ts';

let app: FastifyInstance;
let world: World;
beforeEach(async () => {
  ({ app, world } = await guestPagesOf(aGuest()));
});

const LEFT = {
  ...{ customerId: CUSTOMER_ID, type: 'unsubscribe', at: NOON + 60_000 },
  data: { topic: 'news', how: 'one-click', touch: 'welcome', occasion: '1' },
};

function click(payload: string | undefined, type: string | undefined, token = aToken()) {
  const headers = type === undefined ? {} : { 'content-type': type };
  return app.inject({
    ...{ method: 'POST', url: `/unsubscribe?t=${token}`, headers },
    ...(payload !== undefined && { payload }),
  });
}

const ONE_CLICK = 'List-Unsubscribe=One-Click';
const MULTIPART = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;

describe('POST /unsubscribe, as mailbox providers do (RFC 8058)', () => {
  it.each([
    ['a form', ONE_CLICK, 'application/x-www-form-urlencoded'],
    ['a form with a charset', ONE_CLICK, 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'],
    ['multipart', MULTIPART, 'multipart/form-data; boundary=b'],
    ['text', ONE_CLICK, 'text/plain'],
    ['a type nobody knows', ONE_CLICK, 'application/x-old'],
    ['JSON that is none', ONE_CLICK, 'application/json'],
    ['no type', ONE_CLICK, undefined],
    ['nothing at all', undefined, undefined],
    ['a form without a word', '', 'application/x-www-form-urlencoded'],
  ])('leaves the topic of the mail by %s: 200, plain, no redirect, no cookie', async (_, payload, type) => {
    const answer = await click(payload, type);

    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.body.length).toBeLessThan(60);
    expect(world.received).toEqual([{ ...LEFT, id: expect.stringMatching(/^unsubscribe\.\w+\.1\.\w{16}$/) }]);
  });

  it('is one event, however often it is pressed', async () => {
    await Promise.all([click(ONE_CLICK, 'text/plain'), click(ONE_CLICK, 'text/plain')]);

    const [first, second] = world.received;
    expect(second).toEqual(first);
  });

  it('answers as before once it is left, and keeps nothing more', async () => {
    const left = aGuest();
    const known = { ...left.known, consents: { news: { granted: false, at: NOON } } };
    ({ app, world } = await guestPagesOf({ ...left, known }));

    expect((await click(ONE_CLICK, 'text/plain')).statusCode).toBe(200);
    expect(world.received).toEqual([]);
  });

  it('holds for as many as a provider posts from one address', async () => {
    const clock = { now: () => NOON, serverTime: () => NOON };
    const settings = { secrets: ['a secret of the tests'], publicUrl: 'http://x', requestsPerTenSeconds: 3 };
    app = await anApi(aWorld({ customers: [aGuest()] }), { clock, settings });

    const answers = await Promise.all(Array.from({ length: 20 }, () => click(ONE_CLICK, 'text/plain')));

    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  });

  it('is to be posted again while MongoDB is away', async () => {
    const away = Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
    const playbooks = { current: () => Promise.reject(away) };
    const customers = { find: () => Promise.reject(away), countPerPhase: () => Promise.reject(away) };
    app = await anApi(aWorld(), { playbooks, customers: { ...customers, latest: async () => [] } });

    const answer = await click(ONE_CLICK, 'text/plain');

    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toHaveProperty('retry-after');
    expect(answer.body).not.toContain('unsubscribed');
  });

  it('is refused where the link is not ours, and harmless where it is a copy or leads to nobody', async () => {
    const [foreign, copy] = [
      await click(ONE_CLICK, 'text/plain', aToken('news', 'another')),
      await click('', 'text/plain', 'copy'),
    ];
    ({ app } = await guestPagesOf(aGuest({ erased: true })));
    const erased = await click(ONE_CLICK, 'text/plain');

    expect(erased.body).toContain('If mail comes again, leave by the link in a new one.');
    expect(erased.body).not.toContain('You are unsubscribed');
    expect([foreign, copy, erased].map(({ statusCode }) => statusCode)).toEqual([404, 200, 200]);
    expect(world.received).toEqual([]);
  });

  it('counts even where the consent was dated by a clock that runs ahead', async () => {
    ({ app, world } = await guestPagesOf(aGuest(), NOON - 60_000));

    await click(ONE_CLICK, 'text/plain');

    expect(world.received).toMatchObject([{ type: 'unsubscribe', at: NOON }]);
  });
});

describe('GET /unsubscribe', () => {
  const look = (query = '') => app.inject(`/unsubscribe?t=${aToken()}${query}`);

  it('shows a button for the topic and one for all, in the customer’s language, and changes nothing', async () => {
    const { statusCode, body, headers } = await look();

    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="nl">');
    expect(body).toContain('Geen “Nieuws” meer');
    expect(body).toContain('value="all"');
    expect(body).toContain('a•••@example.com');
    expect(body).not.toContain('an@example.com');
    expect(headers).toMatchObject({
      ...{ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(body).toContain('name="robots" content="noindex"');
    expect((await app.inject({ method: 'HEAD', url: `/unsubscribe?t=${aToken()}` })).statusCode).toBe(200);
    expect(world.received).toEqual([]);
  });

  it('can be read in the other language', async () => {
    expect((await look('&lang=en')).body).toContain('No more “News”');
  });

  it.each([
    ['a link that lost a part', aGuest(), aToken().slice(0, -2), 404, 'does not work'],
    ['a copy', aGuest(), 'copy', 200, 'change nothing'],
    ['somebody who was erased', aGuest({ erased: true }), aToken(), 410, 'keep nothing of you'],
  ])('says so of %s', async (_, customer, token, status, said) => {
    ({ app } = await guestPagesOf(customer));
    const { statusCode, body } = await app.inject(`/unsubscribe?t=${token}&lang=en`);

    expect(statusCode).toBe(status);
    expect(body).toContain(said);
    expect(body).not.toContain('<form');
  });
});

describe('the buttons of /unsubscribe', () => {
  const press = (form: Record<string, string | string[]>) => {
    return postForm(app, '/unsubscribe?lang=en', { t: aToken(), ...form });
  };

  it('leave the topic, tell what still comes, and offer to give it back', async () => {
    const { statusCode, body } = await press({ what: 'topic' });

    expect(statusCode).toBe(200);
    expect(body).toContain('no more “News”');
    expect(body).toContain('You still get: tips.');
    expect(world.received).toMatchObject([
      { ...LEFT, data: { topic: 'news', how: 'page', touch: 'welcome', occasion: '1' } },
    ]);
  });

  it('leave all', async () => {
    expect((await press({ what: 'all' })).body).toContain('no more marketing');
    expect(world.received).toMatchObject([{ type: 'unsubscribe', data: { how: 'page' } }]);
    expect(world.received[0]).not.toHaveProperty('data.topic');
  });
});
