import { describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';

const purchase = {
  id: 'o-1001',
  source: 'shop',
  type: 'purchase',
  at: '2026-06-01T09:59:00Z',
  customer: { id: 'c-17', email: 'an@example.com', locale: 'nl', timeZone: 'Europe/Amsterdam' },
  data: {
    orderId: 'o-1001',
    total: 2933,
    currency: 'EUR',
    items: [{ sku: 'cd-17', name: 'Kind of Blue', quantity: 2, price: 1466 }],
  },
};

function post(app: FastifyInstance, payload: string | Buffer | object) {
  return app.inject({ method: 'POST', url: '/v1/events', headers: asAdmin(), payload });
}

describe('POST /v1/events', () => {
  it('answers one event with a list of one receipt', async () => {
    const world = aWorld();
    const app = await anApi(world);

    const answer = await post(app, purchase);

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      receipts: [{ source: 'shop', id: 'o-1001', customerId: CUSTOMER_ID, duplicate: false }],
    });
    expect(world.received).toMatchObject([{ id: 'o-1001', at: Date.parse(purchase.at) }]);
  });

  it('answers a list in its order', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `o-${i}`);

    const answer = await post(
      await anApi(),
      ids.map((id) => ({ ...purchase, id })),
    );

    expect(answer.json().receipts.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  it('refuses a list as a whole for one bad event, by pointer and with a hint', async () => {
    const world = aWorld();
    const app = await anApi(world);

    const answer = await post(app, [
      purchase,
      { ...purchase, customer: { emial: 'an@example.com', id: 'c-1' } },
    ]);

    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: '/1/customer/emial: unknown key "emial"; did you mean "email"?',
      errors: [
        { pointer: '/1/customer/emial', message: 'unknown key "emial"', hint: 'did you mean "email"?' },
      ],
    });
    expect(world.received).toEqual([]);
  });

  it.each([
    ['an unknown field', { ...purchase, colour: 'red' }, 422, '/colour'],
    ['a wrong type', { ...purchase, data: { ...purchase.data, total: '29.33' } }, 422, '/data/total'],
    ['a future date', { ...purchase, at: new Date(NOON + DAY).toISOString() }, 422, '/at'],
    ['an absurd date', { ...purchase, at: '0001-01-01T00:00:00Z' }, 422, '/at'],
    ['no date at all', { ...purchase, at: 'yesterday' }, 422, '/at'],
    [
      'an unknown time zone',
      { ...purchase, customer: { id: 'c', timeZone: 'Europe/Atlantis' } },
      422,
      '/customer/timeZone',
    ],
    ['a type of our own', { ...purchase, type: 'pause' }, 422, '/type'],
    ['$where', { ...purchase, type: 'party', data: { $where: '1' } }, 422, '/data/$where'],
    [
      '$where deep inside',
      { ...purchase, type: 'party', data: { a: [{ $where: '1' }] } },
      422,
      '/data/a/0/$where',
    ],
    ['__proto__', '{"data":{"__proto__":{"admin":true}}}', 422, '/data/__proto__'],
    ['constructor', { ...purchase, type: 'party', data: { constructor: {} } }, 422, '/data/constructor'],
    ['half a surrogate pair', '{"id":"\\ud800"}', 422, '/id'],
    ['a NUL', '{"id":"a\\u0000"}', 422, '/id'],
    ['a body nested without end', `{"data":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 422, undefined],
    ['more than 500 events', Array.from({ length: 501 }, () => purchase), 422, ''],
    ['a number', '3', 422, ''],
    ['null', 'null', 422, ''],
    ['no JSON', '{nope', 400, undefined],
    ['nothing', '', 400, undefined],
    [
      'invalid UTF-8',
      Buffer.from([...Buffer.from('{"id":"'), 0xff, 0xfe, ...Buffer.from('"}')]),
      400,
      undefined,
    ],
    ['a body of 2 MB', `"${'a'.repeat(2_000_000)}"`, 413, undefined],
  ])('refuses %s with one clear line, and keeps nothing', async (_what, body, status, pointer) => {
    const world = aWorld();
    const app = await anApi(world);

    const answer = await post(app, body);

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, detail: expect.stringMatching(/^[^\n]{10,200}$/) });
    if (pointer !== undefined) expect(answer.json().errors[0].pointer).toBe(pointer);
    expect(world.received).toEqual([]);
  });

  it('takes nothing but JSON', async () => {
    const app = await anApi();

    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { ...asAdmin(), 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'a=1',
    });

    expect(answer.statusCode).toBe(415);
    expect(answer.json().detail).toBe('send the body as application/json');
  });
});
