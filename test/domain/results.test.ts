import { describe, expect, it } from '@jest/globals';
import { resultsOf } from '../../domain/results.ts';
import { aCount } from '../support/results-counted.ts';

describe('resultsOf', () => {
  it('says no rate and no mean where there is nothing to divide by', () => {
    expect(resultsOf([aCount({ sent: 3 })])).toMatchObject([{ meanScore: null, orderRate: null }]);
  });

  it('tells the mean of the scores, and the rate of orders among mails whose days are over', () => {
    const count = aCount({ sent: 9, answers: 4, scored: 3, scoreSum: 25, followed: 8, ordered: 2 });

    expect(resultsOf([count])).toMatchObject([{ meanScore: 25 / 3, orderRate: 0.25 }]);
  });

  it('compares with who was held out', () => {
    const arms = {
      treated: { customers: 70, ordered: 56 },
      holdout: { customers: 80, ordered: 48 },
    };

    expect(resultsOf([aCount({ arms })])).toMatchObject([{ uplift: { kind: 'more' } }]);
    expect(resultsOf([aCount()])).toMatchObject([{ uplift: { kind: 'no-holdout' } }]);
  });

  it('puts the most sent first, and else goes by name and channel', () => {
    const counts = [
      aCount({ name: 'b', sent: 1 }),
      aCount({ name: 'a', sent: 1, channel: 'event' }),
      aCount({ name: 'a', sent: 1, channel: null }),
      aCount({ name: 'c', sent: 2 }),
    ];

    const order = resultsOf(counts).map(({ name, channel }) => `${name} ${channel}`);

    expect(order).toEqual(['c undefined', 'a null', 'a event', 'b undefined']);
  });
});
