import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { addSpan, parseSpan, subtractSpan } from '../../domain/span.ts';

const AMSTERDAM = 'Europe/Amsterdam';
const ZONES = [AMSTERDAM, 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kolkata', 'UTC'];

describe('parseSpan', () => {
  it.each([
    ['7 days', { days: 7 }],
    ['1 day', { days: 1 }],
    ['1 hour', { hours: 1 }],
    ['2 weeks', { weeks: 2 }],
    ['1 year 6 months', { years: 1, months: 6 }],
    ['P7D', { days: 7 }],
    ['PT90M', { minutes: 90 }],
    ['P1Y2M3W4DT5H6M', { years: 1, months: 2, weeks: 3, days: 4, hours: 5, minutes: 6 }],
    ['0 days', {}],
  ])('reads %s', (text, span) => {
    expect(parseSpan(text)).toEqual(span);
  });

  it.each([
    '',
    '7',
    'days',
    '7 dayz',
    '-7 days',
    '1.5 days',
    'P',
    'PT',
    'P1DT',
    '1 day 1 day',
    '999999 years',
    '7  days',
  ])('takes %j for no span', (text) => {
    expect(parseSpan(text)).toBeUndefined();
  });
});

describe('addSpan', () => {
  it.each([
    [
      'keeps the wall clock over a clock set forward',
      '2026-03-28T12:00',
      { days: 1 },
      '2026-03-29T12:00:00+02:00',
    ],
    [
      'keeps the wall clock over a clock set back',
      '2026-10-24T12:00',
      { days: 1 },
      '2026-10-25T12:00:00+01:00',
    ],
    ['moves a time that is removed forward', '2026-03-28T02:30', { days: 1 }, '2026-03-29T03:30:00+02:00'],
    [
      'takes the first of a time that comes twice',
      '2026-10-24T02:30',
      { days: 1 },
      '2026-10-25T02:30:00+02:00',
    ],
    ['takes it from the winter side too', '2026-01-25T02:30', { months: 9 }, '2026-10-25T02:30:00+02:00'],
    ['counts hours exactly', '2026-03-29T01:30', { hours: 1 }, '2026-03-29T03:30:00+02:00'],
    [
      'ends a month early where the next is shorter',
      '2026-01-31T12:00',
      { months: 1 },
      '2026-02-28T12:00:00+01:00',
    ],
    ['keeps 29 February only in leap years', '2024-02-29T12:00', { years: 1 }, '2025-02-28T12:00:00+01:00'],
    ['adds nothing for nothing', '2026-06-01T12:00', {}, '2026-06-01T12:00:00+02:00'],
  ])('%s', (_, from, span, to) => {
    const at = DateTime.fromISO(from, { zone: AMSTERDAM }).toMillis();

    expect(addSpan(at, span, AMSTERDAM)).toBe(DateTime.fromISO(to).toMillis());
  });

  it('skips the day that Samoa skipped', () => {
    const at = DateTime.fromISO('2011-12-29T12:00', { zone: 'Pacific/Apia' }).toMillis();

    const moved = DateTime.fromMillis(addSpan(at, { days: 1 }, 'Pacific/Apia'), { zone: 'Pacific/Apia' });

    expect(moved.toFormat('yyyy-MM-dd HH:mm')).toBe('2011-12-31 12:00');
  });

  it('reads the same wall clock n days on, in any zone, unless the time is not there', () => {
    const at = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 800 }), fc.constantFrom(...ZONES), (from, days, zone) => {
        const start = DateTime.fromMillis(from, { zone });
        const end = DateTime.fromMillis(addSpan(from, { days }, zone), { zone });

        const wanted = start.setZone('utc', { keepLocalTime: true }).plus({ days });
        const there = DateTime.fromObject(wanted.toObject(), { zone });
        if (there.toFormat('HH:mm') === wanted.toFormat('HH:mm')) {
          expect(end.toMillis()).toBe(
            Math.min(...there.getPossibleOffsets().map((possible) => possible.toMillis())),
          );
        } else {
          expect(end.toMillis()).toBeGreaterThan(from);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('subtractSpan', () => {
  it('goes back by calendar', () => {
    const at = DateTime.fromISO('2026-03-30T12:00', { zone: AMSTERDAM }).toMillis();

    const before = subtractSpan(at, { days: 2, hours: 1 }, AMSTERDAM);

    expect(before).toBe(DateTime.fromISO('2026-03-28T11:00', { zone: AMSTERDAM }).toMillis());
  });
});
