import { describe, expect, it } from '@jest/globals';
import { messagesOf } from '../../domain/webhook-message.ts';
import { aLadder, aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';
import { ModelWorld, type Told } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn, sentIn } from '../support/told.ts';

const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'tier-reached', on: 'tier', after: { days: 1 }, kind: 'marketing' }),
    aTouch({ name: 'golden', on: 'tier', after: { days: 2 }, when: { tier: 'gold' } }),
  ],
  { loyalty: aLadder({ silver: 2, gold: 4 }) },
);
const order = (orderId: string): Told => ({
  type: 'purchase',
  data: { orderId, total: 1466, currency: 'EUR' },
});

/** A world whose customer is a member from the beginning. */
function aMember(playbook = PLAYBOOK): ModelWorld {
  const world = new ModelWorld(playbook);
  const joined = { at: NOON, terms: '2026-06' };
  world.customer = { ...world.customer, membership: { joined, entries: [] } };
  return world;
}

/** So many orders, a day apart. */
function buys(world: ModelWorld, ...orders: readonly string[]): ModelWorld {
  for (const id of orders) {
    world.post(order(id));
    world.pass(DAY);
  }
  return world;
}

function tiersIn(world: ModelWorld): string[] {
  return biographyIn(world).filter((line) => line.startsWith('tier'));
}

describe('a tier', () => {
  it('is reached with the order that makes it, and celebrated', () => {
    const world = buys(aMember(), 'o-1', 'o-2');
    world.pass(3 * DAY);

    expect(tiersIn(world)).toEqual(['tier – → silver']);
    expect(sentIn(world)).toEqual([
      '06-03 10:00 tier-reached/silver-2026 accepted',
      '06-04 10:00 golden/silver-2026 condition',
    ]);
  });

  it('goes down by itself when year and grace are over, and nobody is told so by mail', () => {
    const world = buys(aMember(), 'o-1', 'o-2');
    world.pass(500 * DAY);

    expect(tiersIn(world)).toEqual(['tier – → silver', 'tier silver → –']);
    expect(sentIn(world)).toHaveLength(2);
    expect(journeyIn(world).tier).toBeUndefined();
  });

  it('celebrates the highest only, where two are reached at once', () => {
    const world = buys(aMember(), 'o-1', 'o-2', 'o-3');
    world.post(order('o-4'));

    expect(tiersIn(world)).toEqual(['tier – → silver', 'tier silver → gold']);
    expect(agendaIn(world).filter((line) => line.includes('silver'))).toEqual([]);
  });

  it('goes at once with the order that was given back, and its celebration with it', () => {
    const world = aMember();
    world.post(order('o-1'));
    world.post(order('o-2'));
    world.post({ type: 'refund', data: { orderId: 'o-2' } });
    world.pass(5 * DAY);

    expect(tiersIn(world)).toEqual(['tier – → silver', 'tier silver → –']);
    expect(sentIn(world).filter((line) => line.endsWith('accepted'))).toEqual([]);
  });

  it('is celebrated once a year, however often it is reached', () => {
    const world = buys(aMember(), 'o-1', 'o-2');
    world.pass(5 * DAY);
    world.post({ type: 'refund', data: { orderId: 'o-2' } });
    buys(world, 'o-3');
    world.pass(5 * DAY);

    const left = world.attempts.filter(({ touch, repeat }) => touch === 'tier-reached' && !repeat);
    expect(tiersIn(world)).toEqual(['tier – → silver', 'tier silver → –', 'tier – → silver']);
    expect(left).toHaveLength(1);
  });

  it('that history made is no occasion', () => {
    const world = aMember();
    world.post({ ...order('o-1'), acts: false });
    world.post({ ...order('o-2'), acts: false });
    world.post({ type: 'visit' });
    world.pass(5 * DAY);

    expect(tiersIn(world)).toEqual(['tier – → silver']);
    expect(sentIn(world)).toEqual([]);
  });

  it('that a playbook brings to those inside is no occasion, once what made it is not news', () => {
    const { loyalty: _, ...without } = PLAYBOOK;
    const world = buys(aMember(without), 'o-1', 'o-2');
    world.pass(10 * DAY);
    world.playbook = { ...PLAYBOOK, version: 2 };
    world.post({ type: 'profile' });
    world.pass(5 * DAY);

    expect(tiersIn(world)).toEqual(['tier – → silver']);
    expect(sentIn(world)).toEqual([]);
  });

  it('is told to others once, however often the decision is made', () => {
    const world = aMember();
    world.toLose = [order('o-2'), order('o-2')];
    world.post(order('o-1'));
    world.pass(DAY);

    const told = [...world.decisions.map(({ answer }) => answer.record), ...world.records.values()]
      .flatMap(messagesOf)
      .filter(({ type }) => type === 'tier.changed');
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(told[0]?.data).toMatchObject({ from: null, to: 'silver' });
  });
});
