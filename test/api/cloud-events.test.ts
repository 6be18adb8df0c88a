import { describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { anApi, asAdmin, aWorld } from '../support/api.ts';

const data = {
  customer: { id: 'c-17', email: 'an@example.com' },
  consent: [{ topic: 'news', basis: 'consent', wording: 'Yes' }],
  orderId: 'o-1',
  total: 2933,
  currency: 'EUR',
};
const event = {
  specversion: '1.0',
  id: 'o-1',
  source: 'https://shop.example/orders',
  type: 'example.shop.purchase',
  time: '2026-06-01T09:00:00Z',
  data,
};

function post(app: FastifyInstance, type: string, payload: object, headers: object = {}) {
  return app.inject({
    method: 'POST',
    url: '/v1/cloudevents',
    headers: { ...asAdmin(), 'content-type': type, ...headers },
    payload: JSON.stringify(payload),
  });
}

const KEPT = {
  id: 'o-1',
  source: 'shop.example-orders',
  type: 'purchase',
  at: Date.parse(event.time),
  customer: data.customer,
  consent: data.consent,
  data: { orderId: 'o-1', total: 2933, currency: 'EUR' },
};

describe('POST /v1/cloudevents', () => {
  const { data: _, ...attributes } = event;
  const ce = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));

  it.each([
    ['structured', 'application/cloudevents+json; charset=utf-8', event, {}],
    ['in a batch', 'application/cloudevents-batch+json', [event], {}],
    ['binary', 'application/json', data, ce],
  ])('takes an event %s', async (_mode, type, payload, headers) => {
    const world = aWorld();

    const answer = await post(await anApi(world), type, payload, headers);

    expect(answer.statusCode).toBe(202);
    expect(answer.json().receipts).toMatchObject([{ source: 'shop.example-orders', id: 'o-1' }]);
    expect(world.received).toEqual([KEPT]);
  });

  it('takes the subject for the customer, and now for the time, where it tells none', async () => {
    const world = aWorld();
    const told = { specversion: '1.0', id: 'v-1', source: 'site', type: 'lamp.lit', subject: 'c-17' };

    await post(await anApi(world), 'application/cloudevents+json', told);

    expect(world.received).toMatchObject([{ type: 'lamp.lit', source: 'site', customer: { id: 'c-17' } }]);
  });

  it.each([
    ['another version', { ...event, specversion: '0.3' }, '/specversion'],
    ['no id', { ...event, id: undefined }, '/id'],
    ['no customer', { ...event, data: { orderId: 'o-1' } }, '/data/customer'],
    ['a total that is none', { ...event, data: { ...data, total: '29.33' } }, '/data/total'],
    ['a type of our own', { ...event, type: 'pause' }, '/type'],
    ['binary data', { ...event, data_base64: 'AA==' }, '/data_base64'],
    ['$where', { ...event, data: { ...data, $where: '1' } }, '/data/$where'],
  ])('refuses %s by pointer, and keeps nothing', async (_what, payload, pointer) => {
    const world = aWorld();
    const app = await anApi(world);

    const one = await post(app, 'application/cloudevents+json', payload);
    const second = await post(app, 'application/cloudevents-batch+json', [event, payload]);

    expect(one.statusCode).toBe(422);
    expect(one.json().errors).toContainEqual(expect.objectContaining({ pointer }));
    expect(second.json().errors).toContainEqual(expect.objectContaining({ pointer: `/1${pointer}` }));
    expect(world.received).toEqual([]);
  });
});
