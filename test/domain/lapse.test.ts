import { describe, expect, it } from '@jest/globals';
import { lapseOf } from '../../domain/lapse.ts';
import { aCustomer, anEvent, aPlaybook, aPurchase, aTouch, DAY, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn, sentIn } from '../support/told.ts';

const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'win-back', on: 'lapse', after: { days: 5 } }),
    aTouch({ name: 'last-word', on: 'lapse', after: { days: 30 } }),
    aTouch({ name: 'good-again', on: 'comeback', after: { days: 1 } }),
    aTouch({ name: 'newsy', on: 'every', every: { days: 50 } }),
  ],
  { lapseAfter: { days: 120 } },
);
const purchase = (orderId: string) => ({ type: 'purchase', data: { orderId } });
const feedback = { type: 'feedback', data: { question: 'product', score: 6 } };

/** A customer whose last order was so many days ago. */
function aSilence(days: number): ModelWorld {
  const world = new ModelWorld(PLAYBOOK);
  world.post(purchase('o-1'));
  world.pass(days * DAY);
  return world;
}

describe('lapseOf', () => {
  const cancelled = anEvent({ type: 'cancelled', n: 3, data: { orderId: 'o-2' } });
  const givenBack = anEvent({
    ...{ type: 'refund', n: 3 },
    data: { orderId: 'o-2', items: [{ sku: 'cd-17', name: 'Kind of Blue', quantity: 1, price: 1466 }] },
  });
  const both = [aPurchase(1), aPurchase(2, NOON + DAY)];

  it.each([
    ['the last order', both, 'o-2'],
    ['the last that stands, after a cancellation', [...both, cancelled], 'o-1'],
    ['the last that stands, after all its items came back', [...both, givenBack], 'o-1'],
  ])('counts from %s', (_what, events, id) => {
    const lapse = lapseOf(aCustomer(events), PLAYBOOK, 'Europe/Amsterdam');

    expect(lapse).toEqual({ type: 'lapse', id, at: NOON + (id === 'o-2' ? 121 : 120) * DAY });
  });

  it('is none without an order, or without a rule', () => {
    const { lapseAfter: _, ...without } = PLAYBOOK;

    expect(lapseOf(aCustomer([anEvent({ type: 'sign-up', n: 1 })]), PLAYBOOK, 'UTC')).toBeUndefined();
    expect(lapseOf(aCustomer(both), without, 'UTC')).toBeUndefined();
  });
});

describe('a lapse', () => {
  it('is heard when its time comes, once an order', () => {
    const world = aSilence(119);
    const before = biographyIn(world).length;
    world.pass(2 * DAY);
    world.pass(3 * DAY);

    expect(biographyIn(world).slice(before)).toEqual(['lapsed']);
    expect(agendaIn(world).slice(0, 2)).toEqual(['10-04 10:00 win-back/o-1', '10-29 11:00 last-word/o-1']);
  });

  it('is put off by every order', () => {
    const world = aSilence(100);
    world.post(purchase('o-2'));
    world.pass(119 * DAY);

    expect(journeyIn(world).lapsed).toBeUndefined();
  });

  it('that only an undone order had hidden is history: no touch answers it', () => {
    const world = aSilence(100);
    world.post(purchase('o-2'));
    world.pass(30 * DAY);
    world.post({ type: 'cancelled', data: { orderId: 'o-2' } });
    world.pass(40 * DAY);

    expect(journeyIn(world)).toMatchObject({ lapsed: 'o-1' });
    expect(sentIn(world).filter((line) => line.includes('win-back') || line.includes('last-word'))).toEqual(
      [],
    );
  });

  it('that an import shows later is history too', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'sign-up' });
    world.pass(DAY);
    world.post({ ...purchase('old'), at: NOON - 300 * DAY });

    expect(journeyIn(world)).toMatchObject({ lapsed: 'old' });
    expect(journeyIn(world).resting).toBeUndefined();
    expect(agendaIn(world)).toEqual(['07-21 10:00 newsy/1']);
  });

  it('that happened while the journey was ended is history too', () => {
    const world = aSilence(10);
    world.post({ type: 'end' });
    world.pass(300 * DAY);
    world.post({ type: 'sign-up' });

    expect(agendaIn(world).filter((line) => line.includes('win-back'))).toEqual([]);
  });

  it('comes at once where a new playbook has less patience', () => {
    const world = aSilence(100);
    world.playbook = { ...PLAYBOOK, version: 2, lapseAfter: { days: 30 } };
    world.pass(10 * DAY);

    expect(biographyIn(world)).toContain('lapsed');
  });
});

describe('a rest', () => {
  it('begins when all lapse touches went unanswered, and silences marketing', () => {
    const world = aSilence(400);

    expect(sentIn(world)).toEqual([
      ...[
        '07-21 10:00 newsy/1 accepted',
        '09-09 10:00 newsy/2 accepted',
        '10-04 10:00 win-back/o-1 accepted',
      ],
      ...['10-29 11:00 last-word/o-1 accepted'],
    ]);
    expect(journeyIn(world)).toMatchObject({ resting: true });
    expect(agendaIn(world)).toEqual(['waits newsy/3']);
  });

  it('begins with the lapse where the playbook has no answer to it', () => {
    const world = new ModelWorld({ ...PLAYBOOK, touches: [] });
    world.post(purchase('o-1'));
    world.pass(121 * DAY);

    expect(biographyIn(world).slice(-2)).toEqual(['lapsed', 'rests']);
  });

  it('does not come where the customer answered', () => {
    const world = aSilence(130);
    world.post(feedback);
    world.pass(200 * DAY);

    expect(journeyIn(world).resting).toBeUndefined();
  });

  it.each(['delivered', 'complaint-resolved', 'pause', 'resume', 'move', 'bounce'])(
    'is not ended by %s: that is not the customer',
    (type) => {
      const world = aSilence(200);
      world.post({ type, data: { orderId: 'o-1', to: 'first-contact' } });

      expect(journeyIn(world).resting).toBe(true);
    },
  );

  it('ends with their next own event, and does not come again for the same lapse', () => {
    const world = aSilence(200);
    world.post(feedback);
    const next = agendaIn(world);
    world.pass(300 * DAY);

    expect(next).toEqual(['12-18 10:00 newsy/3']);
    expect(biographyIn(world).filter((line) => line === 'rests')).toHaveLength(1);
    expect(journeyIn(world).resting).toBeUndefined();
  });
});

describe('a comeback', () => {
  it('is a purchase after a lapse; what the lapse had planned is moot', () => {
    const world = aSilence(130);
    world.post(purchase('o-2'));

    expect(biographyIn(world).slice(-3, -1)).toEqual(['dropped last-word/o-1 moot', 'came-back']);
    expect(agendaIn(world)[0]).toBe('10-10 10:00 good-again/o-2');
  });

  it('is no comeback while nothing had lapsed', () => {
    const world = aSilence(100);
    world.post(purchase('o-2'));

    expect(biographyIn(world)).not.toContain('came-back');
  });

  it('of an order that was heard of with older ones is the order that acts', () => {
    const world = aSilence(130);
    world.toLose = [purchase('o-3')];
    world.post({ ...purchase('old'), at: NOON - 30 * DAY });

    expect(agendaIn(world)[0]).toBe('10-10 10:00 good-again/o-3');
  });
});
