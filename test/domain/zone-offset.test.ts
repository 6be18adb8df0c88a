import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { offsetMs } from '../../domain/zone-offset.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];

/** Clock changes: Amsterdam, New York, Lord Howe (by half an hour), and Apia's lost day. */
const CHANGES = [
  '1997-03-30T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-04-04T15:00Z',
  '2011-12-30T10:00Z',
];

describe('offsetMs', () => {
  it('is that of the zone, before, at and after clock changes, however often it is asked', () => {
    const change = fc.constantFrom(...CHANGES).map((text) => Date.parse(text));
    const near = fc.integer({ min: -40 * HOUR, max: 40 * HOUR });
    const edge = fc.constantFrom(-1, 0, 1, -HOUR, HOUR - 1, 30 * MINUTE);

    fc.assert(
      fc.property(change, fc.oneof(near, edge), fc.constantFrom(...ZONES), (at, by, zone) => {
        const moment = at + by;
        expect(offsetMs(moment, zone)).toBe(IANAZone.create(zone).offset(moment) * MINUTE);
        expect(offsetMs(moment, zone)).toBe(IANAZone.create(zone).offset(moment) * MINUTE);
      }),
      { numRuns: 2_000 },
    );
  });
});
