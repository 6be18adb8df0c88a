import { describe, expect, it } from '@jest/globals';
import { normaliseSegment } from '../../domain/normalise-segment.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const base = { messageId: 'm-1', userId: 'c-17', timestamp: '2026-11-22T11:00:00Z' };

function eventsOf(call: Parameters<typeof normaliseSegment>[0], message: object) {
  const read = normaliseSegment(call, message, NOW);
  return read.kind === 'events' ? read.events : read;
}

/** After https://www.twilio.com/docs/segment/connections/spec/ecommerce/v2 (Order Completed). */
const completed = {
  ...base,
  event: 'Order Completed',
  properties: {
    checkout_id: 'fksdjfsdjfisjf9sdfjsd9f',
    order_id: '50314b8e9bcf000000000000',
    affiliation: 'Google Store',
    total: 27.5,
    subtotal: 22.5,
    revenue: 25.0,
    shipping: 3,
    tax: 2,
    discount: 2.5,
    coupon: 'hasbros',
    currency: 'USD',
    products: [
      {
        product_id: '507f1f77bcf86cd799439011',
        sku: '45790-32',
        name: 'Monopoly: 3rd Edition',
        price: 19,
        quantity: 1,
        category: 'Games',
        url: 'https://www.example.com/product/path',
      },
      {
        product_id: '505bd76785ebb509fc183733',
        sku: '46493-32',
        name: 'Uno Card Game',
        price: 3,
        quantity: 2,
        category: 'Games',
      },
    ],
  },
};

describe('normaliseSegment', () => {
  it('reads Order Completed as a purchase, known by its order', () => {
    expect(eventsOf('track', completed)).toEqual([
      {
        id: 'order:50314b8e9bcf000000000000',
        source: 'segment',
        type: 'purchase',
        at: '2026-11-22T11:00:00.000Z',
        customer: { id: 'c-17' },
        data: {
          orderId: '50314b8e9bcf000000000000',
          total: 2_750,
          currency: 'USD',
          items: [
            { sku: '45790-32', name: 'Monopoly: 3rd Edition', category: 'Games', quantity: 1, price: 1_900 },
            { sku: '46493-32', name: 'Uno Card Game', category: 'Games', quantity: 2, price: 300 },
          ],
        },
      },
    ]);
  });

  it.each([
    ['Order Refunded', { order_id: 'o-1' }, 'refund', { orderId: 'o-1' }],
    [
      'Order Refunded',
      { order_id: 'o-1', products: [{ sku: 'a', quantity: 2 }] },
      'refund',
      { orderId: 'o-1', items: [{ sku: 'a', name: 'a', quantity: 2, price: 0 }] },
    ],
    ['Order Cancelled', { order_id: 'o-1', total: 3 }, 'cancelled', { orderId: 'o-1' }],
    [
      'Product Reviewed',
      { product_id: 'p-1', rating: '4', review_body: 'Good' },
      'review',
      { sku: 'p-1', score: 8, text: 'Good' },
    ],
    ['Product Viewed', { sku: 's-1', category: 'jazz' }, 'visit', { sku: 's-1', category: 'jazz' }],
    ['Cart Abandoned', { currency: 'EUR', value: 5 }, 'cart-abandoned', { currency: 'EUR', items: [] }],
    ['Signed Up', {}, 'sign-up', undefined],
    ['Lamp Looked At', { lamp: 'red' }, 'lamp-looked-at', { lamp: 'red' }],
    ['Pause', {}, 'segment.pause', {}],
    ['Purchase', { free: 'form' }, 'segment.purchase', { free: 'form' }],
    ['42', {}, 'segment.42', {}],
  ])('reads %s %j as %s', (event, properties, type, data) => {
    expect(eventsOf('track', { ...base, event, properties })).toMatchObject([
      { id: 'm-1', type, ...(data && { data }) },
    ]);
  });

  it('reads identify as a profile', () => {
    const traits = {
      email: 'An@Example.com',
      name: 'An de Vos',
      birthday: '1984-06-21T00:00:00Z',
      plan: 'gold',
    };

    expect(eventsOf('identify', { ...base, traits, context: { locale: 'nl_NL' } })).toMatchObject([
      {
        type: 'profile',
        customer: {
          id: 'c-17',
          email: 'An@example.com',
          name: { first: 'An', last: 'de Vos' },
          locale: 'nl-NL',
          birthday: '1984-06-21',
        },
      },
    ]);
  });

  it('reads a batch, and sets a clock right that is wrong at the sender', () => {
    const sentAt = '2026-11-22T15:00:00Z';
    const batch = [
      { ...base, type: 'page', name: 'Home', timestamp: '2026-11-22T14:59:00Z' },
      { ...base, messageId: 'm-2', type: 'group' },
      { messageId: 'm-3', type: 'track', event: 'Signed Up', anonymousId: 'x' },
    ];

    expect(eventsOf('batch', { batch, sentAt })).toEqual([
      {
        id: 'm-1',
        source: 'segment',
        type: 'visit',
        at: '2026-11-22T11:59:00.000Z',
        customer: { id: 'c-17' },
        data: { page: 'Home' },
      },
    ]);
  });

  it.each([
    [{ event: '__proto__' }, { type: 'proto' }],
    [{ event: 'constructor' }, { type: 'constructor' }],
    [
      { event: 'Lamp', timestamp: '-200000-01-01T00:00:00Z', sentAt: '+200000-01-01T00:00:00Z' },
      { at: '1970-01-01T00:00:00.000Z' },
    ],
  ])('reads whatever it is sent, as %j', (message, event) => {
    expect(eventsOf('track', { ...base, ...message })).toMatchObject([event]);
  });

  it.each([
    [
      'track',
      { ...base, event: 'Order Completed', properties: { order_id: 'o-1', total: 5 } },
      ['properties', 'currency'],
    ],
    ['track', base, ['event']],
    ['track', { userId: 'c-17', event: 'Signed Up' }, ['messageId']],
    ['batch', { batch: [{ ...base, type: 'track' }] }, ['batch', 0, 'event']],
    ['batch', {}, ['batch']],
  ] as const)('says where a %s is wrong', (call, message, path) => {
    const read = normaliseSegment(call, message, NOW);

    expect(read).toMatchObject({ kind: 'refused', problems: [{ path }] });
  });
});
