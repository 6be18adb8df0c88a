import { describe, expect, it } from '@jest/globals';
import { TierTerms } from '../../domain/tier-terms.ts';

function read(written: unknown) {
  const { success, data, error } = TierTerms.safeParse(written);
  return success ? data : error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('TierTerms', () => {
  it('reads what a tier takes, in points, money or orders', () => {
    const ladder = read({
      silver: { from: '200 points' },
      gold: { from: { spent: '250.50 EUR' } },
      platinum: { title: { nl: 'Platina', en: 'Platinum' }, from: { orders: 4 } },
    });

    expect(ladder).toMatchObject([
      { name: 'silver', title: { nl: 'Silver', en: 'Silver' }, from: { kind: 'points', amount: 200 } },
      { name: 'gold', from: { kind: 'spent', amount: 25_050, currency: 'EUR' } },
      { name: 'platinum', title: { nl: 'Platina', en: 'Platinum' }, from: { kind: 'orders', amount: 4 } },
    ]);
  });

  it('gives each tier what those below have, or better', () => {
    const ladder = read({
      silver: {
        from: '200 points',
        privileges: {
          'free-shipping': { title: 'Free shipping', from: '25 EUR' },
          'member-price': { title: '5 % off', off: '5%' },
        },
      },
      gold: {
        from: '600 points',
        privileges: {
          'longer-warranty': { title: 'A third year', by: '1 year' },
          'member-price': { title: '10 % off', off: '10%' },
        },
      },
    });

    expect(ladder).toMatchObject([
      { privileges: [{ kind: 'member-price', off: 0.05 }, { kind: 'free-shipping' }] },
      {
        privileges: [
          { kind: 'member-price', off: 0.1 },
          { kind: 'free-shipping', from: { amount: 2_500, currency: 'EUR' } },
          { kind: 'longer-warranty', by: { years: 1 } },
        ],
      },
    ]);
  });

  it.each([
    [
      'a tier that takes no more than the one below',
      { silver: { from: '200 points' }, gold: { from: '200 points' } },
      'gold.from: is not more than silver takes; write the lowest tier first',
    ],
    [
      'a price that is not as deep as below',
      {
        silver: { from: '200 points', privileges: { 'member-price': { title: 'x', off: '10%' } } },
        gold: { from: '300 points', privileges: { 'member-price': { title: 'x', off: '5%' } } },
      },
      'gold.privileges.member-price.off: is less than silver has',
    ],
    [
      'what is no measure',
      { silver: { from: 200 } },
      'silver.from: is not what a tier takes; write 200 points, { spent: 250 EUR } or { orders: 4 }',
    ],
    [
      'a right that there is not',
      { silver: { from: '1 point', privileges: { 'free-shiping': { title: 'x' } } } },
      'silver.privileges: unknown key "free-shiping"; did you mean "free-shipping"?',
    ],
    [
      'a right without words',
      { silver: { from: '1 point', privileges: { 'free-shipping': {} } } },
      'silver.privileges.free-shipping.title: is not a text; write it, or { nl: …, en: … }',
    ],
  ])('refuses %s', (_, written, problem) => {
    expect(read(written)).toEqual([problem]);
  });
});
