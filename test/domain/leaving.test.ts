import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Customer } from '../../domain/customer.ts';
import type { ConsentGiven } from '../../domain/event.ts';
import { fold } from '../../domain/facts.ts';
import { type Choice, chooseTopics, leaveAll, leaveTopic } from '../../domain/leaving.ts';
import { aCustomer, anEvent, NOON } from '../support/builders.ts';

const MINUTE = 60_000;

const entry: fc.Arbitrary<ConsentGiven> = fc.oneof(
  fc.record({ topic: fc.constantFrom('news', 'tips'), basis: fc.constantFrom('consent', 'soft-opt-in') }),
  fc.record({ topic: fc.constantFrom('news', 'tips'), withdrawn: fc.constant<true>(true) }),
  fc.record({
    topic: fc.constantFrom('news', 'tips'),
    basis: fc.constant<'consent'>('consent'),
    undated: fc.constant<true>(true),
  }),
);

/** What was said before, also by clocks that run ahead of `NOON`. */
const before = fc.array(
  fc.record({
    minute: fc.integer({ min: -5, max: 5 }),
    consent: fc.array(entry, { maxLength: 2 }),
    type: fc.constantFrom('sign-up', 'unsubscribe', 'spam-complaint', 'profile'),
  }),
  { maxLength: 5 },
);

function customerAfter(said: readonly { minute: number; consent: ConsentGiven[]; type: string }[]): Customer {
  return aCustomer(
    said.map(({ minute, consent, type }, i) => {
      return anEvent({ type, n: i + 1, at: NOON + minute * MINUTE, consent, data: {} });
    }),
  );
}

function having(customer: Customer, choice: Choice | undefined): Customer {
  if (!choice) return customer;
  const event = anEvent({ customer: {}, consent: [], ...choice.event, n: customer.n + 1 });
  return { ...customer, n: customer.n + 1, known: fold(customer.known, event) };
}

function isGranted({ known }: Customer, topic: string): boolean {
  return known.consents[topic]?.granted ?? false;
}

describe('leaveTopic', () => {
  it('stands at once, whatever was said before and by whatever clock, and leaves the other topics', () => {
    fc.assert(
      fc.property(before, (said) => {
        const customer = customerAfter(said);
        const left = having(customer, leaveTopic(customer, 'news', 'one-click', NOON));

        expect(isGranted(left, 'news')).toBe(false);
        expect(isGranted(left, 'tips')).toBe(isGranted(customer, 'tips'));
        expect(leaveTopic(left, 'news', 'one-click', NOON)).toBeUndefined();
        expect(left.known.ended).toBe(customer.known.ended);
      }),
    );
  });
});

describe('leaveAll', () => {
  it('stands at once for every topic, and is one', () => {
    fc.assert(
      fc.property(before, (said) => {
        const customer = customerAfter(said);
        const left = having(customer, leaveAll(customer, 'page', NOON));

        expect(['news', 'tips'].filter((topic) => isGranted(left, topic))).toEqual([]);
        expect(left.known.marketingOff).toBeDefined();
        expect(leaveAll(left, 'page', NOON)).toBeUndefined();
      }),
    );
  });
});

describe('chooseTopics', () => {
  it('stands as it was chosen, after leaving all too', () => {
    const choices = fc.record({ news: fc.boolean(), tips: fc.boolean() });
    fc.assert(
      fc.property(before, choices, (said, chosen) => {
        const customer = customerAfter(said);
        const entries = Object.entries(chosen).map(([topic, isTicked]): ConsentGiven => {
          return isTicked ? { topic, basis: 'consent' } : { topic, withdrawn: true };
        });
        const then = having(customer, chooseTopics(customer, entries, NOON));

        expect({ news: isGranted(then, 'news'), tips: isGranted(then, 'tips') }).toEqual(chosen);
        expect(chooseTopics(then, entries, NOON)).toBeUndefined();
      }),
    );
  });

  it('takes a consent to a topic that a shop called service', () => {
    const service = { topic: 'news', basis: 'service' } as const;
    const customer = aCustomer([anEvent({ type: 'sign-up', n: 1, consent: [service] })]);

    expect(chooseTopics(customer, [{ topic: 'news', basis: 'consent' }], NOON)).toBeDefined();
    expect(chooseTopics(customer, [{ topic: 'news', withdrawn: true }], NOON)).toBeUndefined();
  });

  it('has an id of its own after each change, and the same for the same', () => {
    const customer = customerAfter([]);
    const first = leaveTopic(customer, 'news', 'one-click', NOON);
    const back = chooseTopics(having(customer, first), [{ topic: 'news', basis: 'consent' }], NOON);
    const again = leaveTopic(having(having(customer, first), back), 'news', 'one-click', NOON);

    expect(leaveTopic(customer, 'news', 'one-click', NOON + 7)?.id).toBe(first?.id);
    expect(again?.id).toBeDefined();
    expect(again?.id).not.toBe(first?.id);
  });
});
