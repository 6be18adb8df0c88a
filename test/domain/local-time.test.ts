import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayNumber, firstAtTime, firstOpen, isQuiet, onDay } from '../../domain/local-time.ts';
import { DAY } from '../support/builders.ts';

const at = (utc: string) => Date.parse(`${utc}Z`);
const day = (date: string) => at(`${date}T00:00`) / DAY;
const utc = (moment: number) => new Date(moment).toISOString().slice(0, 16);
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const ZONES = [
  ...['Europe/Amsterdam', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Tehran', 'Asia/Kathmandu'],
  ...['America/St_Johns', 'America/Sao_Paulo', 'Africa/Casablanca', 'UTC'],
];

describe('onDay', () => {
  it.each([
    ['an ordinary time', 'Europe/Amsterdam', '2026-06-01', '09:30', '2026-06-01T07:30'],
    ['a quarter-hour zone', 'Asia/Kathmandu', '2026-06-01', '09:00', '2026-06-01T03:15'],
    ['a time that was removed moves forward', 'Europe/Amsterdam', '2026-03-29', '02:30', '2026-03-29T01:30'],
    ['a time that comes twice is the first', 'Europe/Amsterdam', '2026-10-25', '02:30', '2026-10-25T00:30'],
    ['a removed half hour', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45'],
    ['a doubled half hour', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45'],
    ['a removed midnight', 'Asia/Tehran', '2022-03-22', '00:00', '2022-03-21T20:30'],
    ['after the clocks were left alone', 'Asia/Tehran', '2026-06-01', '09:00', '2026-06-01T05:30'],
    ['a day that never was', 'Pacific/Apia', '2011-12-30', '09:00', '2011-12-30T19:00'],
  ])('reads the clock: %s', (_case, zone, date, time, expected) => {
    expect(utc(onDay(day(date), minutes(time), zone))).toBe(expected);
  });
});

describe('dayNumber', () => {
  it.each([
    ['Asia/Kathmandu', '2026-06-01T18:14', '2026-06-01'],
    ['Asia/Kathmandu', '2026-06-01T18:15', '2026-06-02'],
    ['Pacific/Apia', '2011-12-30T09:59', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00', '2011-12-31'],
    ['America/St_Johns', '2026-01-01T03:29', '2025-12-31'],
  ])('is the calendar day in %s at %s', (zone, moment, expected) => {
    expect(dayNumber(at(moment), zone)).toBe(day(expected));
  });
});

describe('firstAtTime', () => {
  it.each([
    ['today, if it is still to come', '2026-06-01T07:00', '09:30', '2026-06-01T07:30'],
    ['this very moment', '2026-06-01T07:30', '09:30', '2026-06-01T07:30'],
    ['tomorrow, if it is over', '2026-06-01T07:31', '09:30', '2026-06-02T07:30'],
    ['on the wall clock, over a change', '2026-03-28T12:00', '09:30', '2026-03-29T07:30'],
    ['not the second of two', '2026-10-25T00:31', '02:30', '2026-10-26T01:30'],
  ])('comes %s', (_case, from, time, expected) => {
    expect(utc(firstAtTime(at(from), time, 'Europe/Amsterdam'))).toBe(expected);
  });
});

describe('quiet hours', () => {
  const NIGHT = { from: '20:30', to: '08:30' };

  it.each([
    ['20:29', false],
    ['20:30', true],
    ['23:59', true],
    ['00:00', true],
    ['08:29', true],
    ['08:30', false],
  ])('over midnight: at %s it is quiet: %s', (time, quiet) => {
    expect(isQuiet(onDay(day('2026-06-01'), minutes(time), 'Asia/Tehran'), NIGHT, 'Asia/Tehran')).toBe(quiet);
  });

  it('are none from a time to the same time', () => {
    expect(isQuiet(at('2026-06-01T07:00'), { from: '09:00', to: '09:00' }, 'Europe/Amsterdam')).toBe(false);
  });

  it.each([
    ['an open hour', 'Europe/Amsterdam', NIGHT, '2026-06-01T10:00', '2026-06-01T10:00'],
    ['the evening', 'Europe/Amsterdam', NIGHT, '2026-06-01T19:00', '2026-06-02T06:30'],
    ['the small hours', 'Europe/Amsterdam', NIGHT, '2026-06-01T01:00:59', '2026-06-01T06:30'],
    ['the night of a lost hour', 'Europe/Amsterdam', NIGHT, '2026-03-28T22:00', '2026-03-29T06:30'],
    ['the night of a doubled hour', 'Europe/Amsterdam', NIGHT, '2026-10-24T21:00', '2026-10-25T07:30'],
    ['half an hour lost', 'Australia/Lord_Howe', NIGHT, '2026-10-03T12:00', '2026-10-03T21:30'],
    [
      'an end that is removed',
      'Europe/Amsterdam',
      { from: '22:00', to: '02:30' },
      '2026-03-29T00:00',
      '2026-03-29T01:00',
    ],
    [
      'an end that comes twice',
      'Europe/Amsterdam',
      { from: '22:00', to: '02:30' },
      '2026-10-25T01:15',
      '2026-10-25T01:30',
    ],
    ['the eve of a day that never was', 'Pacific/Apia', NIGHT, '2011-12-30T08:00', '2011-12-30T18:30'],
  ])('end after %s', (_case, zone, quiet, from, expected) => {
    expect(utc(firstOpen(at(from), quiet, zone))).toBe(expected);
  });

  it('never hold what is planned into open hours, in any zone', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => [h, m].map((n) => `${n}`.padStart(2, '0')).join(':'));
    const moment = fc.integer({ min: at('2010-01-01T00:00'), max: at('2030-01-01T00:00') });
    const property = fc.property(fc.constantFrom(...ZONES), moment, time, time, (zone, from, start, end) => {
      const open = firstOpen(from, { from: start, to: end }, zone);

      expect(isQuiet(open, { from: start, to: end }, zone)).toBe(false);
      expect(open).toBeGreaterThanOrEqual(from);
      expect(open - from).toBeLessThan(2 * DAY);
    });

    fc.assert(property, { numRuns: 1_000 });
  });
});
