import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, chooseCds, partnersBy, pick } from '../../demo/catalogue.ts';
import { stableShare } from '../../domain/hash.ts';

describe('CATALOGUE', () => {
  it('holds sixty products, each with its own SKU and name', () => {
    expect(CATALOGUE).toHaveLength(60);
    expect(new Set(CATALOGUE.map(({ sku }) => sku)).size).toBe(60);
    expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(60);
  });
});

describe('partnersBy', () => {
  it('pairs every product with one other, both ways', () => {
    const partners = partnersBy('1');

    for (const product of CATALOGUE) {
      const partner = partners.get(product);
      expect(partner).not.toBe(product);
      expect(partner && partners.get(partner)).toBe(product);
    }
  });

  it('plants other pairs for another seed', () => {
    expect([...partnersBy('1').values()]).not.toEqual([...partnersBy('2').values()]);
  });
});

describe('chooseCds', () => {
  it('brings partners home together far more often than chance would', () => {
    const partners = partnersBy('1');
    const baskets = Array.from({ length: 300 }, (_, index) =>
      chooseCds({ count: 2, favourite: 'jazz' }, partners, (...words) => stableShare(`${index}`, ...words)),
    );

    const together = baskets.filter(([one, other]) => one && partners.get(one) === other).length;

    expect(together / baskets.length).toBeGreaterThan(0.4); // by chance alone 1 in 59
    expect(together / baskets.length).toBeLessThan(0.65);
  });
});

describe('pick', () => {
  it.each([
    [0, 'a'],
    [0.34, 'b'],
    [0.999, 'c'],
  ])('takes the entry at %d', (share, entry) => {
    expect(pick(['a', 'b', 'c'], share)).toBe(entry);
  });
});
