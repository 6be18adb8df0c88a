import { describe, expect, it } from '@jest/globals';
import { closedBy, firstOpenDay, type OpenDays, WORKDAYS, weekdayOf } from '../../domain/open-days.ts';

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

const WORKING: OpenDays = { weekdays: WORKDAYS, blackout: [{ from: '12-25', to: '12-26' }] };

describe('weekdayOf', () => {
  it.each([
    ['1970-01-01', 'thu'],
    ['1969-12-28', 'sun'],
    ['2026-11-22', 'sun'],
    ['2026-11-23', 'mon'],
  ])('tells that %s was a %s', (date, expected) => {
    expect(weekdayOf(dayOf(date))).toBe(expected);
  });
});

describe('closedBy', () => {
  it.each([
    ['2026-12-24', undefined],
    ['2026-12-25', 'blackout'],
    ['2026-12-26', 'blackout'],
    ['2026-12-27', 'weekday'],
  ])('tells what closes %s: %s', (date, expected) => {
    expect(closedBy(dayOf(date), WORKING)).toBe(expected);
  });

  it('closes no day where nothing is said', () => {
    expect(closedBy(dayOf('2026-12-27'), {})).toBeUndefined();
  });
});

describe('firstOpenDay', () => {
  it.each([
    ['2026-12-24', '2026-12-24'],
    ['2026-12-25', '2026-12-28'],
    ['2026-11-21', '2026-11-23'],
  ])('is, from %s on, %s', (from, expected) => {
    expect(dateOf(firstOpenDay(dayOf(from), WORKING))).toBe(expected);
  });

  it('gives up where no day is open', () => {
    expect(firstOpenDay(20_000, { weekdays: [] })).toBe(20_000);
  });
});
