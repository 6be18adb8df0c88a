import { describe, expect, it } from '@jest/globals';
import { errorsOf, read } from '../support/playbook-text.ts';

const withBox = (box: string) => `phases: {}\nsurprises:\n  box: ${box}\n`;

describe('checkSurprises', () => {
  it.each([
    [
      'a budget of money for what has no price',
      '{ kind: gift, budget: { amount: 50 EUR, per: 1 month } }',
      'line 11, surprises.box.budget: is of money, and what one costs is not told (add value: 7.50 EUR, or count grants: amount: 40)',
    ],
    [
      'a budget in other money',
      '{ kind: gift, value: 5 USD, budget: { amount: 50 EUR, per: 1 month } }',
      'line 11, surprises.box.budget.amount: is in EUR, and what one costs in USD',
    ],
    [
      'a tier that counts otherwise',
      '{ kind: gift, value: 5 EUR, budget: { amount: 50 EUR, per: 1 month, perTier: { gold: 4 } } }',
      'line 11, surprises.box.budget.perTier.gold: does not count as the budget does (write it as 50 EUR)',
    ],
    [
      'a budget that one is too much for',
      '{ kind: gift, value: 60 EUR, budget: { amount: 50 EUR, per: 1 month } }',
      'line 11, surprises.box.budget.amount: is less than one costs, 60 EUR',
    ],
    [
      'an amount of nothing',
      '{ kind: gift, budget: { amount: 0, per: 1 month } }',
      'line 11, surprises.box.budget.amount: is not an amount (write 500 EUR, or a number of grants such as 40)',
    ],
  ])('refuses %s', (_, box, line) => {
    expect(errorsOf(withBox(box))).toEqual([line]);
  });

  it('refuses goodwill that is no surprise of the playbook', () => {
    const goodwill = (name: string) =>
      errorsOf(`${withBox('{ kind: gift }')}complaints: { goodwill: ${name} }\n`);

    expect(goodwill('bax')).toEqual([
      'line 12, complaints.goodwill: is not a surprise of this playbook (name one of surprises:)',
    ]);
    expect(goodwill('box')).toEqual([]);
  });
});

describe('surprisesIn', () => {
  it('reads money in minor units, and grants as they are', () => {
    const outcome = read(
      withBox(
        '{ kind: coupon, value: 7.50 EUR, budget: { amount: 12.5 EUR, per: 1 week }, expires: 90 days }',
      ),
    );
    const counted = read(
      withBox('{ kind: upgrade, budget: { amount: 40, per: 1 month, spread: false, perTier: { gold: 9 } } }'),
    );

    expect(outcome).toMatchObject({
      playbook: {
        surprises: {
          box: {
            ...{ name: 'box', value: { amount: 750, currency: 'EUR' }, expires: { days: 90 } },
            budget: { counts: 'money', amount: 1_250, per: { weeks: 1 }, spread: true },
          },
        },
      },
    });
    expect(counted).toMatchObject({
      playbook: {
        surprises: { box: { budget: { counts: 'grants', amount: 40, spread: false, perTier: { gold: 9 } } } },
      },
    });
  });
});
