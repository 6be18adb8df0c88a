import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Known } from '../../domain/customer.ts';
import type { ConsentGiven, CustomerPatch, EventData, StoredEvent } from '../../domain/event.ts';
import { factsOf, fold } from '../../domain/facts.ts';
import { aCustomer, anEvent, aPlaybook, DAY, NOON, STAY } from '../support/builders.ts';

const orderId = fc.constantFrom('o-1', 'o-2', 'o-3');
const items = fc.array(
  fc.record({
    sku: fc.constantFrom('cd-1', 'cd-2'),
    name: fc.constant('A record'),
    category: fc.constantFrom('jazz', 'folk'),
    quantity: fc.integer({ min: 1, max: 3 }),
    price: fc.integer({ min: 0, max: 2_000 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const happened: fc.Arbitrary<{ type: string; data?: EventData }> = fc.oneof(
  fc.record({
    type: fc.constant('purchase'),
    data: fc.record({
      orderId,
      total: fc.integer({ min: 0, max: 9_999 }),
      currency: fc.constantFrom('EUR', 'USD'),
      items,
    }),
  }),
  fc.record({
    type: fc.constant('refund'),
    data: fc.oneof(fc.record({ orderId }), fc.record({ orderId, items })),
  }),
  fc.record({ type: fc.constantFrom('cancelled', 'delivered', 'shipped'), data: fc.record({ orderId }) }),
  fc.record({
    type: fc.constant('feedback'),
    data: fc.record({ question: fc.constantFrom('nps', 'product'), score: fc.integer({ min: 0, max: 10 }) }),
  }),
  fc.record({
    type: fc.constantFrom('complaint', 'complaint-resolved'),
    data: fc.oneof(fc.constant({}), fc.record({ orderId })),
  }),
  fc.record({ type: fc.constant('pause'), data: fc.oneof(fc.constant({}), fc.record({ until: fc.nat() })) }),
  fc.record({
    type: fc.constant('profile'),
    data: fc.record({ answers: fc.dictionary(fc.constantFrom('q', 'r'), fc.nat()) }),
  }),
  fc.record({
    type: fc.constant('unsubscribe'),
    data: fc.oneof(fc.constant({}), fc.record({ topic: fc.constantFrom('news', 'tips') })),
  }),
  fc.record({ type: fc.constant('spam-complaint') }),
  fc.record({ type: fc.constant('referral'), data: fc.record({ paid: fc.boolean() }) }),
  fc.record({ type: fc.constantFrom('sign-up', 'visit', 'start', 'end', 'resume', 'my-own') }),
);

const patch: fc.Arbitrary<CustomerPatch> = fc.record(
  {
    name: fc.record(
      { first: fc.constantFrom('An', 'Anna'), last: fc.constantFrom('Vos', 'Bos') },
      { requiredKeys: [] },
    ),
    locale: fc.constantFrom('nl', 'en'),
    timeZone: fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Pacific/Apia'),
    birthday: fc.constantFrom('06-21', '1984-06-21'),
    interests: fc.array(fc.constantFrom('jazz', 'folk')),
    metThrough: fc.record({ channel: fc.constantFrom('fair', 'friend') }),
  },
  { requiredKeys: [] },
);

const address = fc.constantFrom<CustomerPatch>(
  {},
  { email: 'an@example.com', emailKey: 'a' },
  { email: 'vos@example.com', emailKey: 'b' },
);

const topic = fc.constantFrom('news', 'tips');

const consent: fc.Arbitrary<ConsentGiven[]> = fc.array(
  fc.oneof(
    fc.record(
      { topic, withdrawn: fc.constant<true>(true), undated: fc.constant<true>(true) },
      { requiredKeys: ['topic', 'withdrawn'] },
    ),
    fc.record(
      {
        topic,
        basis: fc.constantFrom<'consent' | 'soft-opt-in' | 'service'>('consent', 'soft-opt-in', 'service'),
        wording: fc.constantFrom('Ja', 'Yes'),
        undated: fc.constant<true>(true),
        imported: fc.constant<true>(true),
      },
      { requiredKeys: ['topic', 'basis', 'wording'] },
    ),
  ),
  { maxLength: 2 },
);

/** Few moments, so that many events share one. */
const at = fc.integer({ min: 0, max: 6 }).map((half) => NOON + (half * DAY) / 2);

const events: fc.Arbitrary<StoredEvent[]> = fc
  .array(fc.record({ happened, patch, address, consent, at }), { minLength: 1, maxLength: 12 })
  .map((drawn) =>
    drawn.map((one, i) =>
      anEvent({
        ...one.happened,
        n: i + 1,
        at: one.at,
        customer: { ...one.patch, ...one.address },
        consent: one.consent,
      }),
    ),
  );

function folded(happenings: readonly StoredEvent[]): Known {
  return (
    happenings.reduce(
      (known: Known | undefined, event) => fold(known, event, 'Europe/Amsterdam'),
      undefined,
    ) ?? aCustomer([]).known
  );
}

describe('fold', () => {
  it('knows the same whatever the order in which events arrive', () => {
    fc.assert(
      fc.property(
        events.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length })),
        ),
        ([inOrder, shuffled]) => {
          expect(folded(shuffled)).toEqual(folded(inOrder));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('survives being kept as JSON between any two events', () => {
    fc.assert(
      fc.property(events, (happenings) => {
        const kept = happenings.reduce(
          (known: Known | undefined, event) =>
            fold(known && JSON.parse(JSON.stringify(known)), event, 'Europe/Amsterdam'),
          undefined,
        );

        expect(kept).toEqual(folded(happenings));
      }),
      { numRuns: 100 },
    );
  });

  it('never counts more days than orders, nor a negative amount', () => {
    fc.assert(
      fc.property(events, (happenings) => {
        const customer = { ...aCustomer([]), known: folded(happenings) };
        const { orders } = factsOf(customer, NOON, STAY, aPlaybook([]));

        expect(orders.days).toBeLessThanOrEqual(orders.count);
        expect(orders.total).toBeGreaterThanOrEqual(0);
        expect(orders.count === 0).toBe(orders.last === null);
      }),
      { numRuns: 100 },
    );
  });
});
