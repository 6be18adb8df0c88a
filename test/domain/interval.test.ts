import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differenceOf, isTelling, rateInterval, type Share } from '../../domain/interval.ts';

const share = fc
  .integer({ min: 1, max: 100_000 })
  .chain((of) => fc.integer({ min: 0, max: of }).map((count): Share => ({ count, of })));

function rounded(number: number): string {
  return number.toFixed(4);
}

describe('rateInterval', () => {
  it.each([
    // Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is %d to %d, as published', (count, of, low, high) => {
    const interval = rateInterval({ count, of });

    expect([interval.low, interval.high].map(rounded)).toEqual([low, high].map(rounded));
  });

  it('of nothing is anything', () => {
    expect(rateInterval({ count: 0, of: 0 })).toEqual({ low: 0, high: 1 });
  });

  it('holds the rate, within 0 and 1', () => {
    fc.assert(
      fc.property(share, ({ count, of }) => {
        const { low, high } = rateInterval({ count, of });

        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(count / of + 1e-12);
        expect(high).toBeGreaterThanOrEqual(count / of - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('differenceOf', () => {
  it.each([
    // Newcombe, Statistics in Medicine 17 (1998), 873–890, table II, method 10
    ['56/70', '48/80', 0.0524, 0.3339],
    ['9/10', '3/10', 0.1705, 0.809],
    ['6/7', '2/7', 0.0582, 0.8062],
    ['5/56', '0/29', -0.0381, 0.1926],
    ['0/10', '0/20', -0.1611, 0.2775],
    ['0/10', '0/10', -0.2775, 0.2775],
    ['10/10', '0/20', 0.6791, 1],
    ['10/10', '0/10', 0.6075, 1],
  ])('of %s and %s lies between %d and %d, as published', (one, other, low, high) => {
    const found = differenceOf(read(one), read(other));

    expect([found.low, found.high].map(rounded)).toEqual([low, high].map(rounded));
  });

  it('turns its sign with the order of the two', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [there, back] = [differenceOf(one, other), differenceOf(other, one)];

        expect(there.difference).toBeCloseTo(-back.difference, 10);
        expect(there.low).toBeCloseTo(-back.high, 10);
        expect(there.high).toBeCloseTo(-back.low, 10);
      }),
    );
  });

  it('holds the difference, within −1 and 1, and is narrower for ten times as many', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const { difference, low, high } = differenceOf(one, other);
        const more = differenceOf(tenfold(one), tenfold(other));

        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});

function tenfold({ count, of }: Share): Share {
  return { count: 10 * count, of: 10 * of };
}

function read(text: string): Share {
  const [count = 0, of = 0] = text.split('/').map(Number);
  return { count, of };
}

describe('isTelling', () => {
  it.each([
    [1, 1, false],
    [4, 1_000, false],
    [5, 10, true],
    [6, 10, false],
    [0, 0, false],
  ])('of %i in %i says %s', (count, of, telling) => {
    expect(isTelling({ count, of })).toBe(telling);
  });
});
