import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoredEvent } from '../../domain/event.ts';
import { standingAt } from '../../domain/points.ts';
import { anEvent, DAY, NOON } from '../support/builders.ts';
import { aProgramme, aStranger, received, withEvent } from '../support/loyalty.ts';
import { naively } from '../support/naive-points.ts';

const PLAYBOOK = aProgramme({ expireAfter: { months: 2 }, pendingAtMost: { days: 45 } });

const ORDERS = ['o-1', 'o-2', 'o-3', 'o-4', 'o-5'];
const day = fc.integer({ min: 0, max: 80 });

/** What happens to one order: bought, perhaps delivered, some of it given back or all, or cancelled. */
const order = (orderId: string) =>
  fc
    .record({
      bought: day,
      pieces: fc.integer({ min: 1, max: 4 }),
      price: fc.integer({ min: 1, max: 1_499 }),
      postage: fc.integer({ min: 0, max: 700 }),
      deliveredAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      back: fc.array(
        fc.record({ after: fc.integer({ min: 0, max: 120 }), pieces: fc.integer({ min: 1, max: 3 }) }),
        { maxLength: 2 },
      ),
      undone: fc.option(
        fc.record({ after: fc.integer({ min: 0, max: 90 }), type: fc.constantFrom('cancelled', 'refund') }),
        { nil: undefined, freq: 4 },
      ),
    })
    .map((drawn) => eventsOf(orderId, drawn));

type Drawn = {
  readonly bought: number;
  readonly pieces: number;
  readonly price: number;
  readonly postage: number;
  readonly deliveredAfter: number | undefined;
  readonly back: readonly { readonly after: number; readonly pieces: number }[];
  readonly undone: { readonly after: number; readonly type: string } | undefined;
};

function eventsOf(orderId: string, drawn: Drawn): StoredEvent[] {
  const { bought, pieces, price, postage, deliveredAfter, back, undone } = drawn;
  const at = (after: number) => NOON + (bought + after) * DAY;
  const item = { sku: 'cd', name: 'CD', price };
  const data = {
    orderId,
    total: pieces * price + postage,
    currency: 'EUR',
    items: [{ ...item, quantity: pieces }],
  };
  const told = (type: string, after: number, more: object = {}, nth = 0) =>
    anEvent({ type, n: 1, id: `shop/${orderId}-${type}-${nth}`, at: at(after), data: { orderId, ...more } });
  return [
    { ...told('purchase', 0), data },
    ...(deliveredAfter === undefined ? [] : [told('delivered', deliveredAfter)]),
    ...back.map(({ after, pieces: quantity }, nth) =>
      told('refund', after, { items: [{ ...item, quantity }] }, nth + 1),
    ),
    ...(undone ? [told(undone.type, undone.after)] : []),
  ];
}

const orders = fc.tuple(...ORDERS.map(order)).map((all) => all.flat());

/** Points by hand: spent as far as they are there, or corrected. */
const hands = fc.array(
  fc.record({
    day,
    points: fc.integer({ min: -40, max: 40 }).filter((points) => points !== 0),
    spent: fc.boolean(),
  }),
  { maxLength: 6 },
);
type Hands = typeof hands extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function byHand(drawn: Hands): StoredEvent[] {
  return drawn.map(({ day: on, points, spent }, nth) => {
    const data = spent ? { points: -Math.abs(points), reason: 'spent' } : { points, reason: 'mended' };
    return anEvent({
      type: 'points',
      n: 1,
      id: `rapport/points/${nth}`,
      at: NOON + on * DAY + nth + 1,
      data,
    });
  });
}

/** Moments to ask at, until all has expired. */
const moments = fc.array(
  fc.integer({ min: 0, max: 200 }).map((days) => NOON + days * DAY),
  { minLength: 3, maxLength: 3 },
);

/** What the shop spends is asked for first: beyond the balance it is refused, and no event. */
function lived(events: readonly StoredEvent[]): readonly StoredEvent[] {
  let customer = aStranger();
  return events.filter((event) => {
    const { points = 0, reason } = event.data ?? {};
    const isShort = reason === 'spent' && standingAt(customer.membership, event.at).balance < -Number(points);
    if (event.type === 'points' && (isShort || !customer.membership?.joined)) return false;
    customer = withEvent(customer, event, PLAYBOOK);
    return true;
  });
}

const inTime = (events: readonly StoredEvent[]) => events.toSorted((one, other) => one.at - other.at);

describe('standingAt', () => {
  it('comes to what a naive recount of every single point comes to, over any orders, refunds, hands and expiries', () => {
    fc.assert(
      fc.property(orders, hands, moments, (bought, drawn, asked) => {
        const events = lived(inTime([...bought, ...byHand(drawn)]));

        const { membership } = received(events, PLAYBOOK);

        for (const at of asked) {
          const { balance, pending, owed } = standingAt(membership, at);
          expect({ at, balance, pending, owed }).toEqual({ at, ...naively(events, at) });
        }
      }),
      { numRuns: 120 },
    );
  });

  it('comes to the same in whatever order the events of orders arrive', () => {
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), moments, (bought, dice, asked) => {
        const shuffled = bought
          .map((event) => ({ event, by: dice.next().value }))
          .sort((a, b) => a.by - b.by);

        const one = received(inTime(bought), PLAYBOOK).membership;
        const other = received(
          shuffled.map(({ event }) => event),
          PLAYBOOK,
        ).membership;

        for (const at of asked) expect(standingAt(other, at)).toEqual(standingAt(one, at));
      }),
      { numRuns: 60 },
    );
  });

  it('never falls below nothing, and takes no more than was earned', () => {
    fc.assert(
      fc.property(orders, hands, moments, (bought, drawn, asked) => {
        const { membership } = received(inTime([...bought, ...byHand(drawn)]), PLAYBOOK);

        for (const at of asked) {
          const { balance, pending, owed, expiring } = standingAt(membership, at);
          expect(Math.min(balance, pending, owed)).toBeGreaterThanOrEqual(0);
          expect(expiring.reduce((sum, { points }) => sum + points, 0)).toBe(balance + pending);
        }
      }),
      { numRuns: 60 },
    );
  });
});
