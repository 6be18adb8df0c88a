import { describe, expect, it } from '@jest/globals';
import { type DeliveryReport, gist, isGivenUp, outweighs } from '../../domain/delivery-report.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY + 12 * 3_600_000;
const daysAgo = (...days: readonly number[]) => days.map((day) => NOW - day * DAY);

describe('isGivenUp', () => {
  it.each([
    ['nothing bounced', daysAgo(), false],
    ['four in two weeks', daysAgo(0, 1, 2, 3), false],
    ['five in two weeks', daysAgo(0, 2, 5, 9, 13), true],
    ['five, one of them older than two weeks', daysAgo(0, 2, 5, 9, 14.1), false],
    ['five on one day', daysAgo(0, 0.01, 0.02, 0.03, 0.04), false],
    ['seven on four days', daysAgo(0, 0.1, 1, 1.1, 2, 2.1, 3), false],
    ['six on five days', daysAgo(0, 0.1, 1, 2, 3, 4), true],
  ])('of an address of which %s: %#', (_name, bounces, expected) => {
    expect(isGivenUp(bounces, NOW)).toBe(expected);
  });
});

describe('outweighs', () => {
  it.each([
    ['hard', 'soft', true],
    ['hard', 'policy', true],
    ['soft', 'policy', true],
    ['soft', 'hard', false],
    ['policy', 'soft', false],
    ['soft', 'soft', false],
  ] as const)('%s over %s: %s', (one, kept, expected) => {
    expect(outweighs({ class: one }, { class: kept })).toBe(expected);
    expect(outweighs({ class: one }, undefined)).toBe(true);
  });
});

describe('gist', () => {
  const bounce = (found: 'hard' | 'soft' | 'policy', recipient?: string) => {
    return { kind: 'bounce' as const, class: found, ...(recipient && { recipient }) };
  };
  const isOurs = (address: string) => address === 'an@example.com';

  it('is the report of the very address', () => {
    const told = [bounce('soft', 'jan@example.com'), bounce('hard', 'an@example.com')];

    expect(gist(told, isOurs)).toMatchObject({ class: 'hard', recipient: 'an@example.com' });
  });

  it('is the mildest of those of addresses that ours forwards to', () => {
    const told = [bounce('hard', 'old@other.example'), bounce('soft', 'new@other.example'), bounce('hard')];

    expect(gist(told, isOurs)).toMatchObject({ class: 'soft' });
  });

  it('is the only one, though it names another address', () => {
    expect(gist([bounce('hard', 'forwarded@other.example')], isOurs)).toMatchObject({ class: 'hard' });
  });

  it('is a spam complaint before all else', () => {
    const complaint: DeliveryReport = { kind: 'spam-complaint' };

    expect(gist([bounce('hard'), complaint], isOurs)).toEqual(complaint);
  });

  it('is nothing where nothing is told', () => {
    expect(gist([], isOurs)).toBeUndefined();
  });
});
