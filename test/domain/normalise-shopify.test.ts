import { describe, expect, it } from '@jest/globals';
import { normaliseShopify } from '../../domain/normalise-shopify.ts';
import { sample, topicOf } from '../support/payloads.ts';

function told(name: string, topic = topicOf('shopify', name)) {
  return normaliseShopify(topic, sample('shopify', name));
}

const JAN = {
  id: '115310627314723954',
  email: 'jon@example.com',
  name: { first: 'Jan', last: 'Smid' },
  locale: 'en',
};
const ORDER_ID = '820982911946154508';
const LONG_AGO = '2022-01-01T00:00:00.000Z';

describe('normaliseShopify', () => {
  it('reads a paid order as a purchase, in minor units, after discounts', () => {
    expect(told('life-1-orders-create')).toEqual({
      kind: 'events',
      events: [
        {
          id: 'order:5847392847101',
          source: 'shopify',
          type: 'purchase',
          at: '2026-11-22T09:14:58.000Z',
          customer: {
            id: '7012345678901',
            email: 'an@example.com',
            name: { first: 'An', last: 'Vos' },
            locale: 'nl-NL',
          },
          data: {
            orderId: '5847392847101',
            total: 40_495,
            currency: 'EUR',
            items: [
              { sku: 'SKU2006-001', name: 'Aviator sunglasses', quantity: 1, price: 8_999 },
              { sku: 'SKU2006-020', name: 'Mid-century lounger', quantity: 1, price: 15_999 },
              { sku: 'product-788032119674292922', name: 'Coffee table', quantity: 1, price: 14_999 },
            ],
            shipTo: {
              ...{ name: 'Jan Smid', lines: ['Kade 1'], postalCode: '9711 AA' },
              ...{ city: 'Groningen', country: 'NL' },
            },
          },
        },
      ],
    });
  });

  it.each([
    ['orders-create', ['order-unpaid', 'cancelled']],
    ['orders-updated', ['order-unpaid', 'cancelled']],
    ['orders-paid', ['purchase', 'cancelled']],
    ['orders-cancelled', ['order-unpaid', 'cancelled']],
    ['orders-fulfilled', ['order-unpaid', 'cancelled', 'shipped']],
  ])('reads the published sample of %s as its topic and its state have it', (name, types) => {
    const read = told(name);

    expect(read).toMatchObject({ kind: 'events' });
    const events = read.kind === 'events' ? read.events : [];
    expect(events.map(({ type }) => type)).toEqual(types);
    for (const event of events) {
      expect(event).toMatchObject({ at: LONG_AGO, customer: JAN, data: { orderId: ORDER_ID } });
    }
  });

  it('gives each thing that an order tells one identity, in whichever webhook it comes', () => {
    const ids = ['orders-create', 'orders-updated', 'orders-cancelled', 'orders-fulfilled'].map((name) => {
      const read = told(name);
      return read.kind === 'events' ? read.events.map(({ id, type }) => `${type} ${id}`) : [];
    });

    expect([...new Set(ids.flat())]).toEqual([
      `order-unpaid order:${ORDER_ID}:unpaid`,
      `cancelled order:${ORDER_ID}:cancelled`,
      `shipped order:${ORDER_ID}:shipped`,
    ]);
  });

  it('buys when the money came, where that was days after the order', () => {
    expect(told('transfer-orders-paid')).toMatchObject({
      events: [{ type: 'purchase', at: '2026-11-26T07:00:00.000Z' }],
    });
  });

  it('leaves a payment that came days later to the webhook that dates it, whichever of the two comes first', () => {
    expect(told('transfer-orders-paid', 'orders/updated')).toEqual({ kind: 'events', events: [] });
    expect(told('life-2-orders-fulfilled', 'orders/updated')).toMatchObject({
      events: [{ type: 'purchase', at: '2026-11-22T09:14:58.000Z' }, { type: 'shipped' }],
    });
    expect(told('life-1-orders-create', 'orders/updated')).toMatchObject({ events: [{ type: 'purchase' }] });
  });

  it('tells nothing of an order at a till by nobody', () => {
    expect(told('till-orders-create')).toEqual({ kind: 'events', events: [] });
  });

  it('reads a refund by its pieces, to be told of the customer of the order', () => {
    expect(told('refunds-create')).toEqual({
      kind: 'of-order',
      order: `shopify/order:${ORDER_ID}`,
      events: [
        {
          id: 'refund-890088186047892319',
          source: 'shopify',
          type: 'refund',
          at: LONG_AGO,
          data: {
            orderId: ORDER_ID,
            items: [
              { sku: 'SKU2006-001', name: 'SKU2006-001', quantity: 1, price: 0 },
              {
                sku: 'product-788032119674292922',
                name: 'product-788032119674292922',
                quantity: 1,
                price: 0,
              },
            ],
          },
        },
      ],
    });
  });

  it('leaves the order as it is where only money is given back', () => {
    expect(told('money-refunds-create')).toMatchObject({
      events: [{ type: 'money-back', data: { orderId: ORDER_ID, amount: 10_998, currency: 'USD' } }],
    });
  });

  it.each([
    ['fulfillments-create', ['shipped']],
    ['fulfillments-update', ['shipped', 'delivered']],
  ])('reads %s as %j', (name, types) => {
    const read = told(name);

    expect(read).toMatchObject({ kind: 'of-order', order: `shopify/order:${ORDER_ID}` });
    expect(read.kind === 'of-order' && read.events.map(({ type }) => type)).toEqual(types);
  });
});
