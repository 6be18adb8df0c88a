import { describe, expect, it } from '@jest/globals';
import { retryAfterDelay } from '../../domain/delays.ts';
import { DAY, HOUR, NOON } from '../support/builders.ts';

describe('retryAfterDelay', () => {
  it.each([
    ['the first refusal', 0, 0, HOUR / 4],
    ['the second', 1, HOUR / 4, HOUR],
    ['the third', 2, 2 * HOUR, 4 * HOUR],
    ['any later one', 7, 30 * HOUR, 4 * HOUR],
    ['the last that comes again within 48 hours', 9, 44 * HOUR, 4 * HOUR],
  ])('waits after %s', (_case, count, sinceFirst, expected) => {
    const firstAt = count > 0 ? { firstAt: NOON - sinceFirst } : {};

    expect(retryAfterDelay({ count, ...firstAt }, NOON)).toBe(NOON + expected);
  });

  it('gives up what would be later than 48 hours after the first refusal', () => {
    expect(retryAfterDelay({ count: 10, firstAt: NOON - 44 * HOUR - 1 }, NOON)).toBeUndefined();
  });

  it('makes some fourteen attempts in two days, then none', () => {
    const attempts: number[] = [];
    let at: number | undefined = NOON;
    while (at !== undefined) {
      attempts.push(at);
      const delays = { count: attempts.length - 1, ...(attempts.length > 1 ? { firstAt: NOON } : {}) };
      at = retryAfterDelay(delays, at);
    }

    expect(attempts).toHaveLength(14);
    expect((attempts.at(-1) ?? 0) - NOON).toBeLessThanOrEqual(2 * DAY);
  });
});
