import { describe, expect, it } from '@jest/globals';
import type { QuietHours } from '../../domain/local-time.ts';
import { WEEKDAYS, type Weekday } from '../../domain/open-days.ts';
import { openMoment } from '../../domain/open-moment.ts';
import { aPlaybook, aTouch, DAY, HOUR } from '../support/builders.ts';
import { isWithin, SomeDays } from '../support/first-moments.ts';
import { type ClockChange, WallClock } from '../support/wall-clocks.ts';

const MINUTE = 60_000;
const [FROM, UNTIL] = [Date.UTC(2020, 0, 1), Date.UTC(2030, 0, 1)];

/** Days that were left out whole: Samoa and Tokelau crossed the date line. */
const LONG_AGO = [Date.UTC(2011, 11, 20), Date.UTC(2012, 0, 10)] as const;
const CROSSED = ['Pacific/Apia', 'Pacific/Fakaofo'];

/** Where clocks are left alone: the end of a leap February, a Friday, a year. */
const UNCHANGED = [Date.UTC(2024, 1, 29), Date.UTC(2026, 4, 1), Date.UTC(2027, 0, 1)];

const ZONES = Map.groupBy(
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'Africa/Casablanca', 'Antarctica/Troll'])],
  (zone) => zone.split('/')[0] ?? zone,
);

/** Moments around a change, before and after it. */
const AROUND = [-30 * HOUR, -9 * HOUR, -61 * MINUTE, -1, 0, 29 * MINUTE + 1, 2 * HOUR, 25 * HOUR];

/** What may be asked for on a changed day: the time in the middle of what the clock leaves out or shows twice counts too. */
function settingsAround({ before, after }: ClockChange, clock: WallClock, at: number) {
  const shown = clock.at(at - MINUTE).minutes + 1;
  const middle = text(shown + (after - before) / 2);
  const edge = text(shown);
  const times = [undefined, '09:30', '00:00', '23:59', edge, middle];
  const quiet: (QuietHours | undefined)[] = [
    ...[undefined, { from: '20:30', to: '08:30' }, { from: '00:30', to: '23:30' }],
    ...[
      { from: '21:00', to: middle },
      { from: middle, to: text(shown + 200) },
    ],
  ];
  return { times, quiet: quiet.filter((hours) => hours?.from !== hours?.to || !hours) };
}

function text(minutes: number): string {
  const day = (minutes + 2880) % 1440;
  return `${String(Math.floor(day / 60)).padStart(2, '0')}:${String(day % 60).padStart(2, '0')}`;
}

const WEEKS: (readonly Weekday[] | undefined)[] = [undefined, ['mon', 'tue', 'wed', 'thu', 'fri'], ['sun']];

type Setting = {
  readonly time: string | undefined;
  readonly quiet: QuietHours | undefined;
  readonly weekdays: readonly Weekday[] | undefined;
};

/** Judges every moment around a change under one setting; returns how many there were. */
function judge(setting: Setting, change: ClockChange, clock: WallClock, days: SomeDays): number {
  const { time, quiet, weekdays } = setting;
  const touch = aTouch({ name: 'one', ...(time && { at: time }), ...(weekdays && { weekdays }) });
  const playbook = aPlaybook([], { contact: { caps: [], ...(quiet && { quiet }) } });
  const fit = { touch, playbook, zone: clock.zone, taken: [] };
  const rule = {
    at: time,
    quiet,
    weekdays: weekdays?.map(calendarName),
  };

  for (const away of AROUND) {
    const from = change.at + away;
    const moment = openMoment(fit, from);
    const wall = clock.at(moment);
    const isQuiet = quiet && isWithin(wall.minutes, quiet);
    const isOnItsDay = !rule.weekdays || rule.weekdays.includes(wall.weekday);
    if (moment < from || isQuiet || !isOnItsDay || moment !== days.first(from, rule))
      throw new Error(inWords(setting, clock.zone, { from, moment, expected: days.first(from, rule) }));
  }
  return AROUND.length;
}

function calendarName(weekday: Weekday): string {
  return `${weekday[0]?.toUpperCase()}${weekday.slice(1)}`;
}

function inWords(setting: Setting, zone: string, moments: Readonly<Record<string, number>>): string {
  const shown = Object.entries(moments).map(([name, at]) => `${name} ${new Date(at).toISOString()}`);
  return `${zone}: ${JSON.stringify(setting)}: ${shown.join(', ')}`;
}

/** Judges a change of a zone's clocks, or days without one, under all settings. */
function judgeChange(change: ClockChange, clock: WallClock): number {
  const begin = Math.floor(change.at / HOUR) * HOUR - 3 * DAY;
  const days = new SomeDays(clock, begin, 17);
  const { times, quiet } = settingsAround(change, clock, change.at);
  let judged = 0;
  for (const time of times)
    for (const hours of quiet)
      for (const weekdays of WEEKS) judged += judge({ time, quiet: hours, weekdays }, change, clock, days);
  return judged;
}

function changesOf(clock: WallClock): readonly ClockChange[] {
  const crossed = CROSSED.includes(clock.zone) ? clock.changes(...LONG_AGO) : [];
  const unchanged = UNCHANGED.map((at) => ({ at, before: 0, after: 60 }));
  return [...crossed, ...clock.changes(FROM, UNTIL), ...unchanged];
}

describe('openMoment', () => {
  it.each([...ZONES])(
    'is the first that suits, in every zone of %s',
    (_area, zones) => {
      let judged = 0;
      for (const zone of zones) {
        const clock = new WallClock(zone);
        for (const change of changesOf(clock)) judged += judgeChange(change, clock);
      }

      expect(judged).toBeGreaterThan(zones.length * UNCHANGED.length * 500);
    },
    600_000,
  );

  it('is judged by a reckoning that knows the clocks: how they change, and how often', () => {
    const changes = (zone: string) => new WallClock(zone).changes(FROM, UNTIL);

    expect(changes('Europe/Amsterdam')).toHaveLength(20);
    expect(changes('Asia/Tokyo')).toEqual([]);
    expect(new Set(changes('Australia/Lord_Howe').map(({ before, after }) => after - before))).toEqual(
      new Set([30, -30]),
    );
    expect(new WallClock('Pacific/Apia').changes(...LONG_AGO)).toEqual([
      { at: Date.UTC(2011, 11, 30, 10), before: -600, after: 840 },
    ]);
    expect(WEEKDAYS.map(calendarName)).toContain(new WallClock('Asia/Tokyo').at(0).weekday);
  });
});
