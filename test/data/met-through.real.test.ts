import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { countMetThrough, type FirstKnown } from '../../data/met-through.ts';
import type { MetThrough } from '../../domain/event.ts';
import { isNet } from '../../domain/orders.ts';
import { aDatabase, anEvent, aReceive, HOUR, somebody } from '../support/shop.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const ITEMS = [
  { sku: 'a', name: 'A', quantity: 2, price: 100 },
  { sku: 'b', name: 'B', quantity: 1, price: 100 },
];

const { receive } = aReceive();

/** A customer who met the shop in some way, and what became of their one order. */
async function aCustomer(metThrough: MetThrough | undefined, at: number, after: readonly object[] = []) {
  const { id, email } = somebody();
  const customer = { id, email, ...(metThrough && { metThrough }) };
  await receive([anEvent(customer, { type: 'sign-up', at })], 'api');
  for (const event of after) await receive([anEvent({ id }, event)], 'api');
}

function ordered(orderId: string) {
  return { type: 'purchase', data: { orderId, total: 300, currency: 'EUR', items: ITEMS } };
}

function gaveBack(orderId: string, ...items: readonly (readonly [sku: string, quantity: number])[]) {
  const returned = items.map(([sku, quantity]) => ({ sku, quantity, name: sku, price: 0 }));
  return { type: 'refund', data: { orderId, ...(returned.length > 0 && { items: returned }) } };
}

const FRIEND = { channel: 'word-of-mouth' };
const FAIR = { channel: 'event', campaign: 'fair-2026' };

beforeAll(async () => {
  await aDatabase();
  await aCustomer(FRIEND, NOW - 40 * HOUR, [ordered('o-1')]);
  await aCustomer(FRIEND, NOW - 30 * HOUR);
  await aCustomer(FAIR, NOW - 20 * HOUR, [ordered('o-2'), { type: 'cancelled', data: { orderId: 'o-2' } }]);
  await aCustomer(FAIR, NOW - 20 * HOUR, [ordered('o-3'), gaveBack('o-3')]);
  await aCustomer(FAIR, NOW - 20 * HOUR, [ordered('o-4'), gaveBack('o-4', ['a', 1])]);
  await aCustomer(FAIR, NOW - 20 * HOUR, [
    ...[ordered('o-5'), gaveBack('o-5', ['a', 1])],
    gaveBack('o-5', ['a', 1], ['b', 1]),
  ]);
  await aCustomer({ channel: 'event' }, NOW - 10 * HOUR);
  await aCustomer(undefined, NOW - 10 * HOUR, [ordered('o-6'), gaveBack('o-6'), ordered('o-7')]);
});
afterAll(disconnect);

async function counted(within: FirstKnown = {}): Promise<string[]> {
  const counts = await countMetThrough(within);
  return counts
    .map(({ channel, campaign, customers, ordered: some }) => `${channel}/${campaign} ${customers} ${some}`)
    .sort();
}

describe('countMetThrough', () => {
  it('counts customers per channel and campaign, and of them who ordered and kept of it', async () => {
    expect(await counted()).toEqual([
      'event/fair-2026 4 1',
      'event/null 1 0',
      'null/null 1 1',
      'word-of-mouth/null 2 1',
    ]);
  });

  it('agrees with the fact `orders.count`', async () => {
    const kept = await CustomerModel.find().lean();
    const expected = kept.filter(({ known }) => known.orders.some(isNet)).length;
    const counts = await countMetThrough({});

    expect(counts.reduce((sum, count) => sum + count.ordered, 0)).toBe(expected);
  });

  it('counts who became known within a time, its end left out', async () => {
    const within = { from: NOW - 40 * HOUR, to: NOW - 20 * HOUR };

    expect(await counted(within)).toEqual(['word-of-mouth/null 2 1']);
  });

  it('counts who turned out to be one customer once, and nobody who is gone', async () => {
    await CustomerModel.updateMany({ 'known.metThrough.channel': 'event' }, { $set: { erased: true } });

    expect(await counted()).toEqual(['null/null 1 1', 'word-of-mouth/null 2 1']);
  });
});
