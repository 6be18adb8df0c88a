import { describe, expect, it } from '@jest/globals';
import { emptyJourney } from '../../domain/beginning.ts';
import { decideNext, GRACE_MS, type Known } from '../../domain/decide-next.ts';
import type { StoredEvent } from '../../domain/event.ts';
import {
  aCustomer,
  anEvent,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  HOUR,
  NOON,
} from '../support/builders.ts';
import { MINUTE } from '../support/model-world.ts';

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'thank-you', after: { hours: 1 }, kind: 'service' }),
  aTouch({ name: 'tips', after: { days: 2 }, expires: { days: 9 } }),
]);

function asked(events: readonly StoredEvent[], others: Partial<Known> = {}): Known {
  const journey = emptyJourney(CUSTOMER_ID, 'first-contact');
  const moment = { now: NOON, grace: GRACE_MS };
  return {
    journey,
    customer: aCustomer(events),
    events,
    outcomes: [],
    playbook: PLAYBOOK,
    ...moment,
    ...others,
  };
}

describe('decideNext', () => {
  it('waits for the first appointment, and hands over its task', () => {
    expect(decideNext(asked([aPurchase(1)])).next).toEqual({
      at: NOON + HOUR,
      task: {
        ...{ customerId: CUSTOMER_ID, touch: 'thank-you', occasion: 'o-1', due: NOON + HOUR },
        because: { type: 'purchase', id: 'shop/purchase-1', at: NOON },
        ...{ phase: 'getting-acquainted', playbook: 1 },
      },
    });
  });

  it('names in the task until when it is worth anything', () => {
    const { journey } = decideNext(asked([aPurchase(1)]));
    const outcomes = [{ touch: 'thank-you', occasion: 'o-1', outcome: { kind: 'accepted' } }] as const;

    const { next } = decideNext({
      ...asked([aPurchase(1)]),
      journey,
      events: [],
      outcomes,
      now: NOON + HOUR,
    });

    expect(next.task).toMatchObject({ touch: 'tips', expires: NOON + 11 * DAY });
  });

  it('waits until something happens where nothing is to come', () => {
    expect(decideNext(asked([anEvent({ type: 'sign-up', n: 1 })])).next).toEqual({});
  });

  it('never waits for less than a minute', () => {
    const soon = {
      ...PLAYBOOK,
      touches: [aTouch({ name: 'thank-you', after: { hours: 1 }, kind: 'service' })],
    };
    const events = [aPurchase(1, NOON - HOUR + 1_000)];

    expect(decideNext(asked(events, { playbook: soon })).next).toMatchObject({ at: NOON + MINUTE });
  });

  it.each([
    ['is on time', 500, NOON],
    ['is two minutes late', GRACE_MS, NOON],
    ['is later', GRACE_MS + 1, NOON + GRACE_MS + 1],
  ])('is about the event where the clock %s', (_case, lag, expected) => {
    expect(decideNext(asked([aPurchase(1)], { now: NOON + lag })).journey.now).toBe(expected);
  });

  it('never lets its moment run backwards', () => {
    const first = decideNext(asked([aPurchase(1)])).journey;
    const events = [aPurchase(1), aPurchase(2, NOON - 5 * HOUR)];

    const { journey } = decideNext(
      asked(events, { journey: first, events: events.slice(1), now: NOON - HOUR }),
    );

    expect(journey.now).toBe(NOON);
  });

  it('does not run ahead of what is overdue, however often it is woken for nothing', () => {
    const late = { events: [], now: NOON + 9 * DAY, grace: Infinity };
    const { journey } = decideNext(asked([aPurchase(1)], { grace: Infinity }));

    const woken = decideNext({ ...asked([aPurchase(1)]), ...late, journey });
    const again = decideNext({ ...asked([aPurchase(1)]), ...late, journey: woken.journey });

    expect(again.journey.now).toBe(NOON + HOUR);
    expect(again.next).toEqual(woken.next);
  });

  it('carries nothing unheard on, once it is heard', () => {
    const journey = { ...decideNext(asked([aPurchase(1)])).journey, unheard: [] };

    expect(decideNext({ ...asked([aPurchase(1)]), journey, events: [] }).journey).not.toHaveProperty(
      'unheard',
    );
  });

  it.each([
    ['erased', { erased: true }],
    ['merged', { mergedInto: 'another' }],
  ] as const)('ends the journey of a customer who is %s, and says what that drops', (ended, change) => {
    const { journey } = decideNext(asked([aPurchase(1)]));
    const customer = { ...aCustomer([aPurchase(1)]), ...change };

    const answer = decideNext({ ...asked([]), journey, customer, events: [] });

    expect([answer.journey.ended, answer.journey.agenda, answer.next]).toEqual([ended, [], {}]);
    expect(answer.record.changes.map(({ kind }) => kind)).toEqual(['dropped', 'dropped', 'ended']);
  });

  it('keeps a record of what was heard and what changed, of thousands of events the last fifty', () => {
    const events = Array.from({ length: 2_000 }, (_, i) => anEvent({ type: 'visit', n: i + 1 }));

    const { record } = decideNext(asked(events));

    expect(record).toMatchObject({
      customerId: CUSTOMER_ID,
      seq: 1,
      at: NOON,
      phase: 'first-contact',
      playbook: 1,
    });
    expect(record.heard).toHaveLength(50);
    expect(record.changes).toEqual([
      { kind: 'entered', phase: 'first-contact', because: { type: 'visit', id: 'shop/visit-1', at: NOON } },
    ]);
  });
});
