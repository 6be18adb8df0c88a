import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { keptRef } from '../../api/kept-ref.ts';
import { awaited } from '../../data/awaited.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { events } from '../../data/events.ts';
import { createReceiveRequest } from '../../data/receive-request.ts';
import type { Customer } from '../../domain/customer.ts';
import { anApi, aWorld } from '../support/api.ts';
import { mutated } from '../support/mutations.ts';
import { bytesOfSample, deliver, type Shop, topicOf, WEBHOOK_SECRETS } from '../support/payloads.ts';
import { aClock, aDatabase, aReceive } from '../support/shop.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
let app: FastifyInstance;

beforeAll(async () => {
  await aDatabase();
  app = await anApi(aWorld(), {
    clock: aClock(NOW),
    settings: {
      secrets: ['a secret of the tests'],
      publicUrl: 'http://127.0.0.1:3000',
      requestsPerTenSeconds: 1_000,
      webhookSecrets: WEBHOOK_SECRETS,
    },
    receiver: aReceive({ now: NOW }),
    customers: { ...customers, find: (ref) => customers.find(keptRef('key', ref)) },
    ...{ events, awaited },
    receiveRequest: createReceiveRequest({ hashKey: 'key', erasesByHand: false }),
  });
});
afterAll(async () => {
  await app.close();
  await disconnect();
});

async function post(shop: Shop, name: string, topic = topicOf(shop, name)) {
  const answer = await deliver(app, shop, { topic, body: bytesOfSample(shop, name) });
  expect(answer.statusCode).toBe(202);
  return answer.json();
}

async function find(ref: string): Promise<Customer> {
  const customer = await customers.find(ref);
  if (!customer) throw new Error(`no customer ${ref}`);
  return customer;
}

describe('the webhooks of shops, on a real database', () => {
  it('keep an order once, whichever of its webhooks come, and how often', async () => {
    await post('shopify', 'life-1-orders-create');
    const again = await post('shopify', 'life-1-orders-create');
    await post('shopify', 'life-2-orders-fulfilled');
    await post('shopify', 'life-1-orders-create', 'orders/paid');

    expect(again.receipts).toMatchObject([{ duplicate: true }]);
    const { known, n } = await find('shopify:7012345678901');
    expect(n).toBe(2); // a purchase, and that it was shipped
    expect(known.orders).toMatchObject([{ id: '5847392847101', total: 40_495, currency: 'EUR' }]);
    expect(known.profile).toMatchObject({ email: 'an@example.com', locale: 'nl-NL' });
    expect(known.consents).toMatchObject({ news: { basis: 'soft-opt-in' } });
  });

  it('come to the same in whatever order they come', async () => {
    const early = await post('shopify', 'refunds-create');
    await post('shopify', 'fulfillments-update');
    await post('shopify', 'orders-cancelled', 'orders/updated');
    expect(early).toMatchObject({ receipts: [], awaits: 'shopify/order:820982911946154508' });

    await post('shopify', 'orders-paid');
    const late = await post('shopify', 'refunds-create');

    expect(late.receipts).toMatchObject([{ duplicate: true }]);
    const { known } = await find('shopify:115310627314723954');
    expect(known.orders).toMatchObject([
      {
        id: '820982911946154508',
        placed: true,
        cancelled: true,
        deliveredAt: Date.parse('2022-01-03T17:00:00Z'),
        refunded: { 'SKU2006-001': 1, 'product-788032119674292922': 1 },
      },
    ]);
  });

  it('let a withdrawal in the shop silence here', async () => {
    await post('shopify', 'consent-2024-customers-update');
    expect((await find('shopify:706405506930370084')).known.consents).toMatchObject({
      news: { granted: true },
    });

    await post('shopify', 'unsubscribed-customers_email_marketing_consent-update');
    await post('shopify', 'consent-2024-customers-update');

    expect((await find('shopify:706405506930370084')).known.consents).toMatchObject({
      news: { granted: false },
    });
  });

  it('take guests of WooCommerce by address, and whoever has an account by id', async () => {
    await post('woocommerce', 'order.created');
    const guest = await customers.find((await post('woocommerce', 'order.updated')).receipts[0].customerId);
    await post('woocommerce', 'customer.created');

    const { id, known } = await find('woocommerce:25');
    expect(id).toBe(guest?.id);
    expect(known.orders).toMatchObject([{ id: '727', total: 2_935, currency: 'USD' }]);
  });

  it('never fail and never keep half of anything, whatever happens to a sample on its way', async () => {
    const property = fc.asyncProperty(mutated, async ({ shop, topic, body }) => {
      const answer = await deliver(app, shop, { topic, body });

      expect(answer.statusCode).toBeLessThan(500);
      for (const { source, id, customerId } of answer.json().receipts ?? []) {
        const kept = await events.byId(keptIdentity(source, id));
        const customer = await find(customerId); // the second event of a webhook may make one of two
        expect((await find(kept?.customerId ?? '')).id).toBe(customer.id);
        expect(customer.n).toBeGreaterThanOrEqual(kept?.n ?? Infinity);
      }
    });

    await fc.assert(property, { numRuns: 150, seed: 20_261_122 });
    const counted = await EventModel.aggregate<{ _id: string; count: number; last: number }>([
      { $group: { _id: '$customerId', count: { $sum: 1 }, last: { $max: '$n' } } },
    ]);
    for (const { _id, count, last } of counted) {
      expect(count).toBe(last); // no gap in anybody's numbers
      expect((await customers.byId(_id))?.n).toBe(last);
    }
  });
});

/** Ids of events that are long are kept as a keyed hash. */
function keptIdentity(source: string, id: string): string {
  return keptRef('key', `${source}:${id}`).replace(':', '/');
}
