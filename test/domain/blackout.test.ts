import { describe, expect, it } from '@jest/globals';
import { firstOutside, isBlackout } from '../../domain/blackout.ts';

const BLACKOUTS = [
  { from: '2026-12-24', to: '2026-12-24' },
  { from: '12-25', to: '12-26' },
  { from: '12-31', to: '01-01' },
  { from: '02-29', to: '02-29' },
];

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('isBlackout', () => {
  it.each([
    ['2026-12-23', false],
    ['2026-12-24', true],
    ['2027-12-24', false],
    ['2031-12-26', true],
    ['2026-12-27', false],
    ['2026-12-31', true],
    ['2027-01-01', true],
    ['2027-01-02', false],
    ['2028-02-29', true],
    ['2027-03-01', false],
  ])('tells of %s: %s', (date, expected) => {
    expect(isBlackout(dayOf(date), BLACKOUTS)).toBe(expected);
  });
});

describe('firstOutside', () => {
  it.each([
    ['2026-12-23', '2026-12-23'],
    ['2026-12-24', '2026-12-27'],
    ['2026-12-31', '2027-01-02'],
  ])('is, from %s on, %s', (from, expected) => {
    expect(dateOf(firstOutside(dayOf(from), BLACKOUTS))).toBe(expected);
  });

  it('gives up where every day is one', () => {
    expect(firstOutside(20_000, [{ from: '01-01', to: '12-31' }])).toBe(20_000);
  });
});
