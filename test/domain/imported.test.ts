import { describe, expect, it } from '@jest/globals';
import { emptyJourney } from '../../domain/beginning.ts';
import { decideNext, GRACE_MS } from '../../domain/decide-next.ts';
import { aCustomer, anEvent, aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn } from '../support/told.ts';

const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'thank-you', after: { hours: 1 } }),
    aTouch({ name: 'how-was-it', on: 'delivered', after: { days: 10 } }),
    aTouch({ name: 'win-back', on: 'lapse', after: { days: 5 } }),
    aTouch({ name: 'good-to-know', on: 'entering', phase: 'getting-acquainted' }),
    aTouch({ name: 'old-friends', on: 'entering', phase: 'relationship' }),
    aTouch({ name: 'check-in', on: 'every', every: { days: 180 } }),
  ],
  { lapseAfter: { days: 120 } },
);

const ago = (days: number) => NOON - days * DAY;
const imported = (event: { type: string; at: number; data?: { orderId: string } }) => ({
  ...{ ...event, acts: false, receivedAt: NOON },
  customer: { email: 'an@example.com', emailKey: 'key-an' },
});
const order = (days: number) => imported({ type: 'purchase', at: ago(days), data: { orderId: `o-${days}` } });

/** A customer of whom all this was imported, before their journey began. */
function history(...events: readonly ReturnType<typeof imported>[]): ModelWorld {
  const world = new ModelWorld(PLAYBOOK);
  for (const event of events) world.post(event);
  return world;
}

describe('an imported history', () => {
  it('places, thanks for nothing, asks about nothing, and goes on from the last order', () => {
    const delivered = imported({ type: 'delivered', at: ago(28), data: { orderId: 'o-30' } });
    const world = history(order(60), order(30), delivered);

    expect(biographyIn(world)).toEqual(['placed getting-acquainted', 'placed relationship']);
    expect(agendaIn(world)).toHaveLength(1);
    expect(agendaIn(world)[0]).toMatch(/ check-in\/1$/);

    world.pass(91 * DAY);
    expect(agendaIn(world).filter((line) => line.includes('win-back'))).toHaveLength(1);
  });

  it.each([
    ['at once', [order(400), imported({ type: 'profile', at: ago(0) })]],
    ['after the customer themselves', [imported({ type: 'profile', at: ago(0) }), order(400)]],
  ])('of a lapse of old that comes %s lets them rest', (_how, events) => {
    const world = history(...events);

    expect(journeyIn(world)).toMatchObject({ resting: true, lapsed: 'o-400' });
    expect(agendaIn(world)).toEqual(['waits check-in/1']);
  });

  it('wakes nobody who has done something since we know them', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'sign-up' });
    world.post(order(400));

    expect(journeyIn(world).resting).toBeUndefined();
  });
});

describe('a touch that comes every so often', () => {
  /** When the first is due of somebody who was imported just now, days from now. */
  function firstDue(id: string): number {
    const event = { ...anEvent({ type: 'profile', n: 1, at: ago(1) }), acts: false, receivedAt: NOON };
    const customer = { ...aCustomer([event]), id };
    const { journey } = decideNext({
      ...{ journey: emptyJourney(id, 'first-contact'), customer, events: [event], outcomes: [] },
      ...{ playbook: PLAYBOOK, now: NOON, grace: GRACE_MS },
    });
    return ((journey.agenda[0]?.due ?? 0) - NOON) / DAY;
  }

  it('comes to many who were imported on one day spread over its round', () => {
    const days = Array.from({ length: 1_800 }, (_, i) => firstDue(`customer-${i}`));
    const perDay = Map.groupBy(days, (day) => Math.round(day));

    expect(Math.min(...days)).toBeGreaterThan(0);
    expect(Math.max(...days)).toBeLessThan(181);
    expect(perDay.size).toBeGreaterThan(170);
    expect(Math.max(...[...perDay.values()].map((due) => due.length))).toBeLessThan(30);
  });
});

describe('a criterion that time alone fulfils', () => {
  it('places whoever was placed, and has done nothing since', () => {
    const movesOn = [{ to: 'relationship' as const, after: { days: 90 } }];
    const phases = { ...PLAYBOOK.phases, 'getting-acquainted': { movesOn } };
    const world = new ModelWorld({ ...PLAYBOOK, phases });
    world.post(order(10));
    world.pass(100 * DAY);

    expect(biographyIn(world)).toEqual(['placed getting-acquainted', 'placed relationship']);
    expect(agendaIn(world).filter((line) => line.includes('old-friends'))).toEqual([]);
  });
});
