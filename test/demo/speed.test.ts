import { describe, expect, it } from '@jest/globals';
import { speedFor } from '../../demo/speed.ts';

describe('speedFor', () => {
  it.each([
    ['a few customers at the fastest', 40, undefined, 150_000],
    ['more customers slower', 150, undefined, 60_000],
    ['as the environment says', 40, '20000', 20_000],
    ['by itself where the environment means real time', 40, '1', 150_000],
  ])('plays %s', (_, customers, named, speed) => {
    expect(speedFor(customers, named)).toBe(speed);
  });
});
