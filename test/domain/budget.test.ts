import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { periodAt, roomIn, verdictOn } from '../../domain/budget.ts';
import type { Budget } from '../../domain/surprise.ts';

const ZONE = 'Europe/Amsterdam';
const at = (text: string) => Date.parse(text);
const MONTHLY: Budget = { counts: 'money', amount: 30_000, per: { months: 1 }, spread: true };

describe('periodAt', () => {
  it.each([
    ['months of the calendar', { months: 1 }, '2026-11-22T12:00Z', '2026-11-01'],
    ['weeks from Monday on', { weeks: 1 }, '2026-11-22T12:00Z', '2026-11-16'],
    ['quarters', { months: 3 }, '2026-11-22T12:00Z', '2026-10-01'],
    ['years', { years: 1 }, '2026-11-22T12:00Z', '2026-01-01'],
    ["days by the shop's clock", { days: 1 }, '2026-11-22T23:30Z', '2026-11-23'],
    ["a month that begins on the shop's clock", { months: 1 }, '2026-10-31T23:30Z', '2026-11-01'],
    ['hours', { hours: 6 }, '2026-11-22T12:00Z', '2026-11-22'],
  ])('counts %s', (_, per, moment, id) => {
    expect(periodAt(per, at(moment), ZONE).id).toBe(id);
  });

  it('puts each moment in one period, which the next follows without a gap', () => {
    const spans = fc.constantFrom(
      { months: 1 },
      { weeks: 2 },
      { days: 10 },
      { years: 1 },
      { months: 5, days: 3 },
    );
    fc.assert(
      fc.property(spans, fc.integer({ min: at('2018-01-02'), max: at('2060-01-01') }), (per, moment) => {
        const { from, until } = periodAt(per, moment, ZONE);
        expect(from <= moment && moment < until).toBe(true);
        expect(periodAt(per, until, ZONE).from).toBe(until);
      }),
      { numRuns: 200 },
    );
  });
});

describe('roomIn', () => {
  it.each([
    ['a first day', '2026-11-01T12:00Z', 1_000],
    ['the tenth', '2026-11-10T12:00Z', 10_000],
    ['the last', '2026-11-30T12:00Z', 30_000],
  ])('has on %s as much of the budget as of the month', (_, moment, today) => {
    const room = roomIn(MONTHLY, { tier: null, at: at(moment), zone: ZONE });

    expect(room).toMatchObject({ amount: 30_000, today });
  });

  it('has all at once where it is not spread, and for whom a person chose', () => {
    const asking = { tier: null, at: at('2026-11-01T12:00Z'), zone: ZONE };

    expect(roomIn({ ...MONTHLY, spread: false }, asking).today).toBe(30_000);
    expect(roomIn(MONTHLY, { ...asking, ahead: true }).today).toBe(30_000);
  });

  it('has for a tier with a budget of its own that, and for another the common one', () => {
    const budget = { ...MONTHLY, spread: false, perTier: { gold: 9_000 } };
    const asking = { at: at('2026-11-01T12:00Z'), zone: ZONE };

    expect(roomIn(budget, { ...asking, tier: 'gold' })).toMatchObject({ tier: 'gold', amount: 9_000 });
    expect(roomIn(budget, { ...asking, tier: 'silver' })).toMatchObject({ amount: 30_000 });
    expect(roomIn(budget, { ...asking, tier: 'silver' }).tier).toBeUndefined();
  });
});

describe('verdictOn', () => {
  const room = roomIn(MONTHLY, { tier: null, at: at('2026-11-10T12:00Z'), zone: ZONE });

  it.each([
    ['today has room', 9_250, { kind: 'free' }],
    ['a later day has', 9_251, { kind: 'later', until: at('2026-11-11T00:00+01:00') }],
    ['only the last day has', 29_250, { kind: 'later', until: at('2026-11-30T00:00+01:00') }],
    ['the period has none', 29_251, { kind: 'spent' }],
  ])('tells that %s', (_, spent, verdict) => {
    expect(verdictOn(spent, 750, room, ZONE)).toEqual(verdict);
  });

  it('names a day that has room, and none before it that has', () => {
    const spending = fc.record({
      spent: fc.integer({ min: 0, max: 30_000 }),
      cost: fc.integer({ min: 1, max: 9_000 }),
    });
    fc.assert(
      fc.property(spending, ({ spent, cost }) => {
        const verdict = verdictOn(spent, cost, room, ZONE);
        if (verdict.kind !== 'later') return;
        const roomAt = (moment: number) => roomIn(MONTHLY, { tier: null, at: moment, zone: ZONE });
        expect(verdictOn(spent, cost, roomAt(verdict.until), ZONE).kind).toBe('free');
        expect(verdictOn(spent, cost, roomAt(verdict.until - 1), ZONE).kind).toBe('later');
      }),
    );
  });
});
