import { describe, expect, it } from '@jest/globals';
import { count, distributionOf } from '../../domain/distribution.ts';

const of = (...values: readonly number[]) => {
  const histogram = new Map<number, number>();
  for (const value of values) count(histogram, value);
  return distributionOf(histogram);
};

describe('distributionOf', () => {
  it.each([
    ['nothing', [], { mean: 0, median: 0, p95: 0, max: 0 }],
    ['one', [3], { mean: 3, median: 3, p95: 3, max: 3 }],
    ['an even number', [4, 1, 2, 3], { mean: 2.5, median: 2, p95: 4, max: 4 }],
    ['an odd number', [9, 0, 1], { mean: 10 / 3, median: 1, p95: 9, max: 9 }],
  ])('sums up %s', (_, values, expected) => {
    expect(of(...values)).toEqual(expected);
  });

  it('takes the 95th of a hundred by rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

    expect(of(...hundred)).toEqual({ mean: 50.5, median: 50, p95: 95, max: 100 });
  });
});
