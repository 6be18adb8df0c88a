import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../domain/simulate.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, DAY, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';

const REPLENISH = aTouch({ name: 'replenishment', after: { days: 60 }, suggest: 'replenishment' });

describe('planRounds', () => {
  it('settles what this version cannot do with its cause: no task, no moment to wake for', () => {
    const world = new ModelWorld(aPlaybook([REPLENISH]));
    world.post(aPurchase(1));
    world.pass(100 * DAY);

    expect(world.unsupported()).toEqual([
      {
        touch: 'replenishment',
        occasion: 'o-1',
        due: NOON + 60 * DAY,
        outcome: { kind: 'skipped', reason: 'unsupported' },
      },
    ]);
    expect(world.attempts).toEqual([]);
    expect(world.customer.journey?.agenda).toEqual([]);
  });

  it('keeps a round of the calendar until its day, and plans the next one then', () => {
    const card = aTouch({ name: 'card', on: 'anniversary', at: '10:00', referral: true });
    const more = aTouch({ name: 'more', on: 'every', every: { months: 6 }, suggest: 'cross-sell' });
    const world = new ModelWorld(aPlaybook([card, { ...more, phase: 'getting-acquainted' }]));
    world.post(aPurchase(1));
    world.pass(2 * 366 * DAY);

    const rounds = world.unsupported().map(({ touch, occasion, due }) => `${touch} ${occasion} ${day(due)}`);
    expect(rounds).toEqual([
      'more 1 2026-12-01',
      'card 2027 2027-06-01',
      'more 2 2027-06-01',
      'more 3 2027-12-01',
      'card 2028 2028-06-01',
      'more 4 2028-06-01',
    ]);
    expect(world.attempts).toEqual([]);
    expect(world.customer.journey?.agenda.map(({ occasion }) => occasion)).toEqual(['5', '2029']);
  });

  it('lets a customer rest after win-backs that cannot be sent', () => {
    const lure = aTouch({ name: 'win-back', on: 'lapse', after: { days: 3 }, suggest: 'cross-sell' });
    const { customer, unsupported } = simulate(
      [aPurchase(1)],
      aPlaybook([lure], { lapseAfter: { days: 120 } }),
      NOON + 125 * DAY,
    );

    expect(unsupported).toHaveLength(1);
    expect(customer.journey?.resting).toBe(true);
  });

  it('settles once what is planned for later and cannot be done since', () => {
    const tips = aTouch({ name: 'tips', after: { days: 10 } });
    const world = new ModelWorld(aPlaybook([tips]));
    world.post(aPurchase(1));
    world.playbook = aPlaybook([{ ...tips, suggest: 'cross-sell' }], { version: 2 });
    world.post(anEvent({ type: 'profile', n: 2, at: NOON + DAY }));

    expect(world.unsupported()).toHaveLength(1);
    expect(world.customer.journey?.agenda).toEqual([]);
  });
});

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
