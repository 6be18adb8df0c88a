import { describe, expect, it } from '@jest/globals';
import { toLogical, toWall } from '../../domain/clock.ts';

describe('toWall', () => {
  it('is never before the logical moment has come', () => {
    const lapse = { speed: 150_000, wallStart: 1_000_000, logicalStart: 5_000 };

    const wall = toWall(lapse, 123_456_789);

    expect(toLogical(lapse, wall)).toBeGreaterThanOrEqual(123_456_789);
  });
});
