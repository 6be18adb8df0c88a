import { describe, expect, it } from '@jest/globals';
import { normaliseWooCommerce } from '../../domain/normalise-woocommerce.ts';
import { sample, topicOf } from '../support/payloads.ts';

function told(name: string, topic = topicOf('woocommerce', name)) {
  return normaliseWooCommerce(topic, sample('woocommerce', name));
}

function eventsOf(name: string) {
  const read = told(name);
  return read.kind === 'events' ? read.events : [];
}

describe('normaliseWooCommerce', () => {
  it('reads a paid order as a purchase, a guest by address, prices with tax', () => {
    expect(told('order.created')).toEqual({
      kind: 'events',
      events: [
        {
          id: 'order:727',
          source: 'woocommerce',
          type: 'purchase',
          at: '2017-03-22T19:28:08.000Z',
          customer: { email: 'john.doe@example.com', name: { first: 'John', last: 'Doe' } },
          data: {
            orderId: '727',
            total: 2_935,
            currency: 'USD',
            items: [
              { sku: 'product-93', name: 'Woo Single #1', quantity: 2, price: 323 },
              { sku: 'Bar3', name: 'Ship Your Idea – Color: Black, Size: M Test', quantity: 1, price: 1_290 },
            ],
            shipTo: {
              ...{ name: 'John Doe', lines: ['969 Market'], postalCode: '94103' },
              ...{ city: 'San Francisco', region: 'CA', country: 'US' },
            },
          },
        },
      ],
    });
  });

  it.each([
    ['order.updated', ['purchase order:727', 'shipped order:727:shipped']],
    ['cancelled-order.updated', ['purchase order:727', 'cancelled order:727:cancelled']],
    [
      'refunded-order.updated',
      ['purchase order:727', 'shipped order:727:shipped', 'refund order:727:refund'],
    ],
    [
      'part-refunded-order.updated',
      ['purchase order:727', 'shipped order:727:shipped', 'money-back refund-725'],
    ],
    ['on-hold-order.created', ['order-unpaid order:723:on-hold:2017-03-22T19:28:08.000Z']],
    ['draft-order.created', []],
    ['order.deleted', []],
    ['customer.deleted', []],
    ['customer.created', ['sign-up customer-25']],
    ['customer.updated', ['profile customer-25-2017-03-21T19:12:28.000Z']],
  ])('reads %s as %j', (name, expected) => {
    expect(eventsOf(name).map(({ type, id }) => `${type} ${id}`)).toEqual(expected);
  });

  it('knows a customer with an account by its id', () => {
    expect(eventsOf('on-hold-order.created')[0]?.customer).toEqual({
      id: '26',
      email: 'joao.silva@example.com',
      name: { first: 'João', last: 'Silva' },
    });
  });

  it('reads no time without a zone as that of this machine', () => {
    expect(eventsOf('customer.updated')[0]?.at).toBe('2017-03-21T19:12:28.000Z');
  });

  it('refuses what is no order', () => {
    expect(normaliseWooCommerce('order.updated', sample('woocommerce', 'customer.created')).kind).toBe(
      'refused',
    );
  });
});
