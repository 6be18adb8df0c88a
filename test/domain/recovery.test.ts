import { describe, expect, it } from '@jest/globals';
import { recoveryFigures, recoveryOf } from '../../domain/recovery.ts';
import { aCustomer, anEvent, aPurchase, DAY, NOON } from '../support/builders.ts';

const ABOUT = { openedAt: NOON, resolvedAt: NOON + DAY };
const SCORES = [-2, -1, 2, 3].map((days, i) => ({ at: NOON + days * DAY, score: i + 4 }));

/** What came of a complaint of today that was resolved tomorrow, of someone who bought so many days from now. */
function recovery(bought: readonly number[], days: number, scores = SCORES) {
  const { orders } = aCustomer(bought.map((day, i) => aPurchase(i + 1, NOON + day * DAY))).known;
  return recoveryOf(ABOUT, { orders, scores }, NOON + days * DAY);
}

describe('recoveryOf', () => {
  it('tells the last score before, the first after, and the first order within 90 days', () => {
    expect(recovery([-5, 40, 60], 50)).toEqual({
      ...{ scoreBefore: 5, scoreAfter: 6, came: 'ordered', until: NOON + 91 * DAY },
      order: { id: 'o-2', at: NOON + 40 * DAY },
    });
  });

  it.each([
    ['is too early before that', [-5], 90, 'too-early'],
    ['did not come after it', [-5], 91, 'not'],
    ['did not come by an order of later', [92], 95, 'not'],
    ['came by one of the last day', [91], 95, 'ordered'],
  ] as const)('%s', (_, bought, days, came) => {
    expect(recovery(bought, days).came).toBe(came);
  });

  it('does not count an order that was cancelled', () => {
    const cancelled = anEvent({ type: 'cancelled', n: 2, at: NOON + 3 * DAY, data: { orderId: 'o-1' } });
    const { orders } = aCustomer([aPurchase(1, NOON + 2 * DAY), cancelled]).known;

    expect(recoveryOf(ABOUT, { orders, scores: [] }, NOON + 100 * DAY)).toEqual({
      until: NOON + 91 * DAY,
      came: 'not',
    });
  });
});

describe('recoveryFigures', () => {
  it('counts by what was done, and means only over who scored twice', () => {
    const came = recovery([40], 50);
    const silent = recovery([], 100, []);
    const figures = recoveryFigures([
      { resolution: 'refund', inTime: true, recovery: came },
      { resolution: 'refund', inTime: false, recovery: silent },
      { inTime: true, recovery: silent },
    ]);

    expect(figures).toEqual([
      {
        ...{ resolution: 'refund', cases: 2, inTime: 1, ordered: 1, tooEarly: 0, scored: 1 },
        ...{ scoreBefore: 5, scoreAfter: 6 },
      },
      {
        ...{ resolution: 'untold', cases: 1, inTime: 1, ordered: 0, tooEarly: 0, scored: 0 },
        ...{ scoreBefore: null, scoreAfter: null },
      },
    ]);
  });
});
