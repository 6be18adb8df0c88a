import { describe, expect, it } from '@jest/globals';
import { Simulation } from '../../domain/simulation.ts';
import type { Surprise } from '../../domain/surprise.ts';
import { aPlaybook, aPurchase, aTouch, DAY, NOON } from '../support/builders.ts';

const BOX: Surprise = {
  ...{ name: 'box', kind: 'gift', oncePer: { years: 1 } },
  budget: { counts: 'grants', amount: 3, per: { months: 1 }, spread: true },
};
const PLAYBOOK = aPlaybook([aTouch({ name: 'small-treat', surprise: 'box' })], { surprises: { box: BOX } });

describe('GivenOut', () => {
  it('keeps a budget over all customers of a simulation, and its limits for each', () => {
    const simulation = new Simulation(PLAYBOOK, { from: NOON, until: NOON + 90 * DAY });
    const lives = ['a', 'b', 'c', 'd'].map((customerId) =>
      [1, 2].map((n) => ({ ...aPurchase(n, NOON + (n - 1) * 20 * DAY), customerId })),
    );

    const outcomes = lives.map((life) => simulation.play(life).touches.map(({ outcome }) => outcome));

    const limit = { kind: 'skipped', reason: 'limit' };
    const had = [{ kind: 'accepted' }, limit];
    expect(outcomes.slice(0, 3)).toEqual([had, had, had]);
    const spent = { kind: 'skipped', reason: 'budget' };
    expect(outcomes[3]).toEqual([spent, spent]);
  });
});
