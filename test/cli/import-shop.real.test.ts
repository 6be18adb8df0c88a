import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CustomerModel } from '../../data/customer-document.ts';
import { EventModel } from '../../data/event-document.ts';
import { toEvent } from '../../data/kept-event.ts';
import { simulate } from '../../domain/simulate.ts';
import { DAY } from '../support/builders.ts';
import { defaultPlaybook } from '../support/default-playbook.ts';
import { MovingIn } from '../support/import-command.ts';

jest.setTimeout(60_000);

const CUSTOMERS = 120;

let shop: MovingIn;
beforeAll(async () => {
  shop = await MovingIn.open();
});
afterAll(() => shop.close());

/** A shop of some hundred: each bought up to four times in the last three years, and consented to all topics. */
function history(now: number): { readonly people: string; readonly sales: string } {
  const consent = 'news tips surveys,2020-01-01,form';
  const people = Array.from({ length: CUSTOMERS }, (_, i) => `c-${i},c-${i}@example.com,An,${consent}`);
  const sales = people.flatMap((_, i) =>
    Array.from({ length: i % 5 }, (__, order) => {
      const at = new Date(now - (((i * 37 + order * 211) % 1_000) + 1) * DAY).toISOString();
      return `o-${i}-${order},c-${i},${at},2933`;
    }),
  );
  return {
    people: ['id,email,first_name,consent_topics,consent_at,consent_source', ...people].join('\n'),
    sales: ['order_id,customer_id,at,total', ...sales].join('\n'),
  };
}

describe('a shop that has moved in', () => {
  it('sends in the next year what a shop of that history would: no welcome, no late question, no burst', async () => {
    const now = Date.now();
    const { people, sales } = history(now);
    await shop.run(await shop.file('people.csv', people), await shop.file('sales.csv', sales));

    const playbook = await defaultPlaybook();
    const events = (await EventModel.find().lean()).map(toEvent);
    const lives = [...Map.groupBy(events, ({ customerId }) => customerId).values()].map((life) => {
      const arrived = life.sort((a, b) => a.n - b.n);
      return simulate(arrived, playbook, now + 365 * DAY);
    });

    const sent = lives.flatMap(({ touches }) => touches).filter(({ outcome }) => outcome.kind === 'accepted');
    const entering = playbook.touches.filter(({ on }) => on === 'entering').map(({ name }) => name);
    const perDay = Map.groupBy(sent, ({ due }) => Math.floor((due - now) / DAY));
    expect(await CustomerModel.countDocuments()).toBe(CUSTOMERS);
    expect(sent.length).toBeGreaterThan(CUSTOMERS / 4);
    expect(sent.filter(({ touch }) => entering.includes(touch))).toEqual([]);
    expect(sent.filter(({ touch }) => ['how-was-it', 'thank-you'].includes(touch))).toEqual([]);
    expect(sent.filter(({ due }) => due < now)).toEqual([]);
    expect(Math.max(...[...perDay.values()].map(({ length }) => length))).toBeLessThan(CUSTOMERS / 20);
  });
});
