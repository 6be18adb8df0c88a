import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WEEKDAYS } from '../../domain/open-days.ts';
import { openMoment } from '../../domain/open-moment.ts';
import type { ContactPolicy } from '../../domain/playbook.ts';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { isWithin, minuteOf } from '../support/first-moments.ts';
import { type Wall, WallClock } from '../support/wall-clocks.ts';

const QUARTER = 15 * 60_000;
const FROM = Date.UTC(2026, 2, 20);

const CLOCKS = ['Europe/Amsterdam', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe'].map(
  (zone) => new WallClock(zone),
);

const quarter = (from: number, to: number) =>
  fc.integer({ min: from * 4, max: to * 4 }).map((quarters) => {
    const [hours, minutes] = [Math.floor(quarters / 4) % 24, (quarters % 4) * 15];
    return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  });

const policy = fc.record({
  quiet: fc.option(fc.record({ from: quarter(20, 25), to: quarter(2, 8) }), { nil: undefined }),
  caps: fc.array(fc.record({ max: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 2,
  }),
  weekdays: fc.option(fc.subarray([...WEEKDAYS], { minLength: 1 }), { nil: undefined }),
  blackout: fc.constantFrom(
    undefined,
    [{ from: '03-25', to: '03-31' }],
    [{ from: '2026-04-01', to: '2026-04-01' }],
  ),
});

type Policy = typeof policy extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Whether a mail of this day fits, with those there are: counted window by window. */
function fits(day: number, taken: readonly number[], caps: ContactPolicy['caps']): boolean {
  const all = [...taken, day];
  return caps.every(({ max, days }) =>
    Array.from({ length: days }, (_, back) => day - back).every(
      (first) => all.filter((one) => one >= first && one < first + days).length <= max,
    ),
  );
}

function suits(wall: Wall, { quiet, weekdays, blackout, caps }: Policy, taken: readonly number[]): boolean {
  const date = new Date(wall.day * DAY).toISOString().slice(0, 10);
  const isOut = blackout?.some(({ from, to }) => {
    const on = date.slice(10 - from.length);
    return on >= from && on <= to;
  });
  if (isOut || (quiet && isWithin(wall.minutes, quiet))) return false;
  const isDay = !weekdays || weekdays.some((weekday) => wall.weekday.toLowerCase() === weekday);
  return isDay && fits(wall.day, taken, caps);
}

function contactOf({ caps, quiet, weekdays, blackout }: Policy): Partial<ContactPolicy> {
  return { caps, ...(quiet && { quiet }), ...(weekdays && { weekdays }), ...(blackout && { blackout }) };
}

describe('openMoment', () => {
  it('is the first that looking at one quarter of an hour after the other finds, whatever the policy', () => {
    const when = fc.integer({ min: 0, max: 30 * 96 }).map((quarters) => FROM + quarters * QUARTER);
    const days = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 });
    const time = fc.option(quarter(9, 19), { nil: undefined });
    const property = fc.property(
      ...([policy, fc.constantFrom(...CLOCKS), when, days, time] as const),
      (drawn, clock, from, away, at) => {
        const taken = away.map((day) => FROM / DAY + day);
        const playbook = aPlaybook([], { contact: contactOf(drawn) });
        const touch = aTouch({ name: 'one', ...(at && { at }) });

        const moment = openMoment({ touch, playbook, zone: clock.zone, taken }, from);

        let expected = from;
        while (
          !suits(clock.at(expected), drawn, taken) ||
          (at && clock.at(expected).minutes !== minuteOf(at))
        )
          expected += QUARTER;
        expect(new Date(moment).toISOString()).toBe(new Date(expected).toISOString());
      },
    );

    fc.assert(property, { numRuns: 300 });
  });
});
