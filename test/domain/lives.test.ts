import { describe, expect, it } from '@jest/globals';
import type { Incoming } from '../../domain/incoming.ts';
import { type Assumptions, livesOf } from '../../domain/lives.ts';
import { aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';

const playbook = aPlaybook([aTouch({ name: 'one' }), aTouch({ name: 'two', topic: 'tips' })]);
const softly = { ...playbook, shop: { ...playbook.shop, softOptIn: ['tips'] } };
const period = { from: NOON, until: NOON + 100 * DAY };

const anOrder = (day: number, orderId = `o-${day}`): Incoming => ({
  ...{ id: orderId, source: 'shop', type: 'purchase', at: NOON + day * DAY },
  customer: { id: 'c-1', email: 'An@example.com' },
  data: { orderId, total: 1466, currency: 'EUR', items: [] },
});
const lifeOf = (orders: readonly Incoming[], assumed: Partial<Assumptions> = {}, rules = playbook) => {
  const world = {
    playbook: rules,
    period,
    assumed: { consent: 'all', deliveredAfter: { days: 3 }, ...assumed },
  };
  return (
    livesOf(orders, { ...world, assumed: { ...world.assumed, consent: assumed.consent ?? 'all' } })[0] ?? []
  );
};

describe('livesOf', () => {
  it('numbers orders and their deliveries in the order of time', () => {
    const life = lifeOf([anOrder(5), anOrder(0)]);

    expect(life.map(({ n, type, at }) => [n, type, (at - NOON) / DAY])).toEqual([
      [1, 'purchase', 0],
      [2, 'delivered', 3],
      [3, 'purchase', 5],
      [4, 'delivered', 8],
    ]);
    expect(new Set(life.map(({ customerId }) => customerId))).toEqual(new Set(['shop:c-1']));
  });

  it('assumes no delivery of an order whose delivery is told', () => {
    const told = { ...anOrder(9, 'told'), type: 'delivered', data: { orderId: 'o-0' } };

    expect(lifeOf([anOrder(0), told]).map(({ type, at }) => [type, (at - NOON) / DAY])).toEqual([
      ['purchase', 0],
      ['delivered', 9],
    ]);
  });

  it('takes what is older for history, received when the time begins', () => {
    const life = lifeOf([anOrder(-400), anOrder(-1), anOrder(1)]);

    expect(life.map(({ acts, receivedAt }) => [acts, (receivedAt - NOON) / DAY])).toEqual([
      [false, 0],
      [false, 0],
      [false, 0],
      [true, 1],
      [true, 2],
      [true, 4],
    ]);
  });

  it('leaves out what happens after the time', () => {
    expect(lifeOf([anOrder(99), anOrder(100)]).map(({ id }) => id)).toEqual(['shop/o-99']);
    expect(
      livesOf([anOrder(100)], { playbook, period, assumed: { consent: 'all', deliveredAfter: {} } }),
    ).toEqual([]);
  });

  it.each([
    [
      'all',
      [
        ['news', 'consent'],
        ['tips', 'consent'],
      ],
    ],
    ['file', [['tips', 'soft-opt-in']]],
    ['none', []],
  ] as const)('gives the consents of --consent %s', (consent, expected) => {
    const given = lifeOf([anOrder(0)], { consent }, softly)[0]?.consent;

    expect(given?.map((entry) => [entry.topic, 'basis' in entry && entry.basis])).toEqual(expected);
  });
});
