import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FrequencyCap, firstUncapped } from '../../domain/frequency-cap.ts';

const TWO_DAYS = [{ max: 1, days: 2 }];

describe('firstUncapped', () => {
  it.each<[string, number[], readonly FrequencyCap[], number]>([
    ['no caps', [100, 100], [], 100],
    ['nothing sent', [], TWO_DAYS, 100],
    ['a send that day', [100], TWO_DAYS, 102],
    ['a send the day before', [99], TWO_DAYS, 101],
    ['a send two days before', [98], TWO_DAYS, 100],
    ['one planned the day after', [101], TWO_DAYS, 103],
    ['one planned two days after', [102], TWO_DAYS, 100],
    ['a gap too narrow between past and planned', [98, 101], TWO_DAYS, 103],
    ['a gap just wide enough', [98, 102], TWO_DAYS, 100],
    ['room for one of two', [100], [{ max: 2, days: 7 }], 100],
    ['a window that is full on both sides together', [97, 103], [{ max: 2, days: 7 }], 104],
    ['a window full in the past', [94, 95], [{ max: 2, days: 7 }], 101],
    [
      'the stricter of two caps',
      [94, 95, 96],
      [
        { max: 1, days: 2 },
        { max: 3, days: 30 },
      ],
      124,
    ],
    ['many on one day, from a time without a cap', [100, 100, 100], [{ max: 2, days: 3 }], 103],
    ['in any order', [98, 92, 99], [{ max: 3, days: 10 }], 102],
  ])('finds room with %s', (_case, taken, caps, expected) => {
    expect(firstUncapped(taken, caps, 100)).toBe(expected);
  });

  it('finds the first day that keeps every window, as trying each window does', () => {
    const cap = fc.record({ max: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 12 }) });
    const taken = fc.array(fc.integer({ min: 70, max: 130 }), { maxLength: 14 });
    const property = fc.property(taken, fc.array(cap, { maxLength: 3 }), (days, caps) => {
      const keeps = (day: number) => caps.every((one) => isKept([...days, day], day, one));
      let expected = 100;
      while (!keeps(expected)) expected += 1;

      expect(firstUncapped(days, caps, 100)).toBe(expected);
    });

    fc.assert(property, { numRuns: 300 });
  });
});

/** Whether no window of the cap that holds `day` has more sends than it may. */
function isKept(days: readonly number[], day: number, { max, days: window }: FrequencyCap): boolean {
  for (let start = day - window + 1; start <= day; start += 1) {
    if (days.filter((other) => other >= start && other < start + window).length > max) return false;
  }
  return true;
}
