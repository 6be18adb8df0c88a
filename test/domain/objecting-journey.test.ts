import { describe, expect, it } from '@jest/globals';
import { emptyJourney } from '../../domain/beginning.ts';
import { decideNext } from '../../domain/decide-next.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Journey } from '../../domain/journey.ts';
import {
  aCustomer,
  anEvent,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  NOON,
} from '../support/builders.ts';

const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'care', after: { days: 5 } }),
    aTouch({ name: 'goes-well', after: { days: 5 }, suggest: 'cross-sell', when: { 'orders.days': 1 } }),
    aTouch({ name: 'win-back', on: 'lapse' }),
  ],
  { lapseAfter: { days: 90 } },
);

/** Decides on all that happened, at its last moment. */
function decide(events: readonly StoredEvent[], heard: number, journey: Journey) {
  const now = events.at(-1)?.at ?? NOON;
  const customer = aCustomer(events);
  const unheard = events.slice(heard);
  return decideNext({ journey, customer, events: unheard, outcomes: [], playbook: PLAYBOOK, now, grace: 0 });
}

const touchesOf = ({ agenda }: Journey) => agenda.map(({ touch }) => touch).toSorted();

describe('the journey of who objects to being profiled', () => {
  const bought = decide([aPurchase(1)], 0, emptyJourney(CUSTOMER_ID, 'first-contact')).journey;
  const objection = anEvent({ type: 'objection', n: 2, at: NOON + DAY });

  it('drops what rests on a profile, says why, and keeps the rest', () => {
    const { journey, record } = decide([aPurchase(1), objection], 1, bought);

    expect(touchesOf(bought)).toEqual(expect.arrayContaining(['care']));
    expect(touchesOf(journey)).toEqual(touchesOf(bought).filter((touch) => touch === 'care'));
    expect(record.changes.every((change) => change.kind !== 'dropped' || change.reason === 'objection')).toBe(
      true,
    );
  });

  it('stays in its phase whatever is bought, and hears of no lapse', () => {
    const events = [aPurchase(1), objection, aPurchase(3, NOON + 2 * DAY)];
    const objecting = decide(events, 2, decide(events.slice(0, 2), 1, bought).journey).journey;
    const others = [
      aPurchase(1),
      anEvent({ type: 'visit', n: 2, at: NOON + DAY }),
      aPurchase(3, NOON + 2 * DAY),
    ];
    const other = decide(others, 2, decide(others.slice(0, 2), 1, bought).journey).journey;

    expect([objecting.phase, other.phase]).toEqual(['getting-acquainted', 'relationship']);
    const late = anEvent({ type: 'visit', n: 4, at: NOON + 200 * DAY });
    expect(decide([...events, late], 3, objecting).journey.lapsed).toBeUndefined();
  });
});
