import { describe, expect, it } from '@jest/globals';
import { anApi, aWorld } from '../support/api.ts';
import { aCustomer, anEvent, NOON } from '../support/builders.ts';
import {
  bytesOfSample,
  deliver,
  NEXT_SECRET,
  type Shop,
  signed,
  WEBHOOK_SECRETS,
} from '../support/payloads.ts';

const settings = {
  secrets: ['a secret of the tests'],
  publicUrl: 'http://127.0.0.1:3000',
  requestsPerTenSeconds: 1_000,
  webhookSecrets: WEBHOOK_SECRETS,
};
const NOW = Date.parse('2026-11-27T12:00:00Z');
const clock = { now: () => NOW, serverTime: () => NOW };

function aShop(world = aWorld()) {
  return anApi(world, { settings, clock });
}

const SALES: readonly [Shop, string, string, string][] = [
  ['shopify', 'orders/create', 'life-1-orders-create', 'x-shopify-hmac-sha256'],
  ['woocommerce', 'order.created', 'order.created', 'x-wc-webhook-signature'],
];

describe.each(SALES)('POST /webhooks/%s', (shop, topic, name, header) => {
  const body = bytesOfSample(shop, name);

  it('keeps what a signed webhook tells, without a key', async () => {
    const world = aWorld();

    const answer = await deliver(await aShop(world), shop, { topic, body });

    expect(answer.statusCode).toBe(202);
    expect(answer.json().receipts).toMatchObject([{ source: shop, duplicate: false }]);
    expect(world.received).toMatchObject([{ type: 'purchase', source: shop }]);
  });

  it('takes the new secret beside the old one', async () => {
    const headers = { [header]: signed(body, NEXT_SECRET) };

    const answer = await deliver(await aShop(), shop, { topic, body, headers });

    expect(answer.statusCode).toBe(202);
  });

  it.each([
    ['signed with another secret', signed(body, 'another')],
    ['signed over other bytes', signed(`${body} `)],
    ['not signed', undefined],
    ['signed with nothing', ''],
    ['signed in another alphabet', Buffer.from(signed(body), 'base64').toString('hex')],
  ])('refuses what is %s, and keeps nothing', async (_what, signature) => {
    const world = aWorld();

    const answer = await deliver(await aShop(world), shop, { topic, body, headers: { [header]: signature } });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(world.received).toEqual([]);
  });

  it('says that the shop is not connected where no secret is set', async () => {
    const answer = await deliver(await anApi(), shop, { topic, body });

    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toMatch(/is not connected; set RAPPORT_[A-Z]+_SECRET/);
  });

  it.each([
    ['no JSON', '{nope', 400],
    ['nothing', '', 400],
    ['a key of every object', '{"__proto__":{"admin":true}}', 422],
    ['not the resource of its topic', '{"id":1}', 422],
    ['more than four MiB', `"${'a'.repeat(4_200_000)}"`, 413],
  ])('refuses %s', async (_what, payload, status) => {
    const world = aWorld();

    const answer = await deliver(await aShop(world), shop, { topic, body: payload });

    expect(answer.statusCode).toBe(status);
    expect(world.received).toEqual([]);
  });
});

describe('POST /webhooks/shopify', () => {
  const body = bytesOfSample('shopify', 'life-1-orders-create');
  const topic = 'orders/create';

  it.each([
    ['an hour ago', 3_600_000, 202],
    ['two days and a minute ago', 48 * 3_600_000 + 60_000, 401],
  ])('answers what was triggered %s', async (_when, ago, status) => {
    const headers = { 'x-shopify-triggered-at': new Date(NOW - ago).toISOString() };

    const answer = await deliver(await aShop(), 'shopify', { topic, body, headers });

    expect(answer.statusCode).toBe(status);
  });

  it('keeps ids of eighteen digits to the last digit', async () => {
    const world = aWorld();

    await deliver(await aShop(world), 'shopify', {
      topic: 'orders/paid',
      body: bytesOfSample('shopify', 'orders-paid'),
    });

    expect(world.received).toMatchObject([{ id: 'order:820982911946154508' }, { type: 'cancelled' }]);
  });

  it('passes on what a customer asks by law', async () => {
    const world = aWorld();
    const asked = bytesOfSample('shopify', 'customers-redact');

    const answer = await deliver(await aShop(world), 'shopify', { topic: 'customers/redact', body: asked });

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ request: 'shopify/request/of-the-test' });
    expect(world.received).toMatchObject([{ kind: 'erase-customer', customerId: '191167' }]);
  });

  it('lets a refund wait for its order, and tells it of the customer when that comes', async () => {
    const purchase = anEvent({ n: 1, id: 'shopify/order:820982911946154508', type: 'purchase' });
    const events: (typeof purchase)[] = [];
    const customer = aCustomer([], { externalIds: ['shopify:115310627314723954'] });
    const world = aWorld({ events, customers: [customer] });
    const app = await aShop(world);

    const refund = await deliver(app, 'shopify', {
      topic: 'refunds/create',
      body: bytesOfSample('shopify', 'refunds-create'),
    });
    expect(refund.json()).toEqual({ receipts: [], awaits: 'shopify/order:820982911946154508' });
    expect(world.received).toEqual([]);
    events.push({ ...purchase, customerId: customer.id, at: NOON });

    await deliver(app, 'shopify', { topic: 'orders/paid', body: bytesOfSample('shopify', 'orders-paid') });

    expect(world.received).toMatchObject([
      { type: 'purchase' },
      { type: 'cancelled' },
      { type: 'refund', customer: { id: '115310627314723954' } },
    ]);
  });
});

describe('POST /webhooks/woocommerce', () => {
  it('answers the unsigned ping, whatever it claims to be, and keeps nothing', async () => {
    const world = aWorld();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const app = await aShop(world);

    const answer = await app.inject({
      method: 'POST',
      url: '/webhooks/woocommerce',
      headers,
      payload: 'webhook_id=142',
    });

    expect(answer.statusCode).toBe(200);
    expect(world.received).toEqual([]);
  });

  it('takes no other form for a ping', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const app = await aShop();

    const answer = await app.inject({
      method: 'POST',
      url: '/webhooks/woocommerce',
      headers,
      payload: 'webhook_id=142&topic=order.created',
    });

    expect(answer.statusCode).toBe(401);
  });
});
