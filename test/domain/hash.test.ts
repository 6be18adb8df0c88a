import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyedHash, safeId, stableShare } from '../../domain/hash.ts';

describe('stableShare', () => {
  it('is always the same for the same parts, and within [0, 1)', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        const share = stableShare(...parts);

        expect(share).toBe(stableShare(...parts));
        expect(share >= 0 && share < 1).toBe(true);
      }),
    );
  });

  it('tells parts apart where they are joined', () => {
    expect(stableShare('a', 'bc')).not.toBe(stableShare('ab', 'c'));
  });

  it('spreads evenly: of 10,000 ids about one in twenty falls below 5 %', () => {
    const low = Array.from({ length: 10_000 }, (_, i) => stableShare('holdout', `c-${i}`)).filter(
      (s) => s < 0.05,
    );

    expect(low.length).toBeGreaterThan(430);
    expect(low.length).toBeLessThan(570);
  });
});

describe('safeId', () => {
  it.each([
    ['an id as it is', 'o-1001', 'o-1001'],
    ['64 characters as they are', 'x'.repeat(64), 'x'.repeat(64)],
    ['an address as a keyed hash', 'an@example.com', keyedHash('key', 'an@example.com')],
    ['a long id as a keyed hash', 'x'.repeat(65), keyedHash('key', 'x'.repeat(65))],
  ])('keeps %s', (_, id, kept) => {
    expect(safeId('key', id)).toBe(kept);
  });

  it('hashes differently under another key', () => {
    expect(safeId('one', 'an@example.com')).not.toBe(safeId('other', 'an@example.com'));
  });
});
