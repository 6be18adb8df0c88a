import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addSpan } from '../../domain/span.ts';
import type { Tier } from '../../domain/tier.ts';
import { type Credit, earnedAt, stepAfter, stepAt, type TierGround, tierSteps } from '../../domain/tiers.ts';
import { DAY, NOON } from '../support/builders.ts';

const ZONE = 'Europe/Amsterdam';
const SILVER = aTier('silver', 200);
const GOLD = aTier('gold', 600);

function aTier(name: string, amount: number): Tier {
  return { name, title: { nl: name, en: name }, from: { kind: 'points', amount }, privileges: [] };
}

function aGround(credits: readonly Credit[], others: Partial<TierGround> = {}): TierGround {
  const tiers = [SILVER, GOLD];
  return { joinedAt: NOON, tiers, grace: { months: 3 }, creditsFor: () => credits, zone: ZONE, ...others };
}

/** The course of somebody's tiers, as dates and names. */
function courseOf(ground: TierGround): string[] {
  return tierSteps(ground).map(
    ({ at, tier }) => `${new Date(at).toISOString().slice(0, 10)} ${tier?.name ?? '–'}`,
  );
}

function on(day: string, amount: number): Credit {
  return { at: Date.parse(`${day}T10:00:00Z`), amount };
}

describe('tierSteps', () => {
  it.each([
    ['nothing earned, no tier', [], []],
    ['not enough is no tier', [on('2026-07-01', 199)], []],
    [
      'enough is a tier at once, until the year and the grace are over',
      [on('2026-07-01', 200)],
      ['2026-07-01 silver', '2027-10-01 –'],
    ],
    [
      'the year rolls: what is older than it does not count',
      [on('2026-07-01', 150), on('2027-07-01', 50)],
      [],
    ],
    [
      'what adds up within the year does',
      [on('2026-07-01', 150), on('2027-06-30', 50)],
      ['2027-06-30 silver', '2027-10-01 –'],
    ],
    ['two steps at once are one', [on('2026-07-01', 700)], ['2026-07-01 gold', '2027-10-01 –']],
    [
      'down to the tier below, when that is earned',
      [on('2026-07-01', 500), on('2026-09-01', 200)],
      ['2026-07-01 silver', '2026-09-01 gold', '2027-10-01 silver', '2027-12-01 –'],
    ],
    [
      'earned again within the grace, nothing changes',
      [on('2026-07-01', 200), on('2027-09-30', 200)],
      ['2026-07-01 silver', '2028-12-30 –'],
    ],
    [
      'earned again after it, up again',
      [on('2026-07-01', 200), on('2027-10-02', 200)],
      ['2026-07-01 silver', '2027-10-01 –', '2027-10-02 silver', '2029-01-02 –'],
    ],
  ])('%s', (_, credits, course) => {
    expect(courseOf(aGround(credits))).toEqual(course);
  });

  it('begins when they join, with what they had earned by then', () => {
    const joinedAt = Date.parse('2026-09-01T10:00:00Z');

    expect(courseOf(aGround([on('2026-07-01', 200)], { joinedAt }))).toEqual([
      '2026-09-01 silver',
      '2027-10-01 –',
    ]);
  });

  it('gives no tier for what was over when they joined', () => {
    const joinedAt = Date.parse('2027-07-02T10:00:00Z');

    expect(courseOf(aGround([on('2026-07-01', 200)], { joinedAt }))).toEqual([]);
  });

  it('leaves a tier that takes nothing to every member, for good', () => {
    const tiers = [aTier('friend', 0), GOLD];

    expect(courseOf(aGround([on('2026-07-01', 600)], { tiers }))).toEqual([
      '2026-06-01 friend',
      '2026-07-01 gold',
      '2027-10-01 friend',
    ]);
  });

  it('goes down at once without grace', () => {
    expect(courseOf(aGround([on('2026-07-01', 200)], { grace: {} }))).toEqual([
      '2026-07-01 silver',
      '2027-07-01 –',
    ]);
  });

  it('counts by the customer’s calendar, over a change of the clock', () => {
    const [up, down] = tierSteps(aGround([on('2026-07-01', 200)]));

    expect(down?.at).toBe(addSpan(addSpan(up?.at ?? 0, { years: 1 }, ZONE), { months: 3 }, ZONE));
  });

  const credits = fc.array(
    fc.record({ at: fc.nat(900).map((day) => NOON + day * DAY), amount: fc.integer({ min: 1, max: 400 }) }),
    { maxLength: 12 },
  );

  it('agrees at any moment with looking back over the grace, day by day', () => {
    fc.assert(
      fc.property(credits, fc.nat(1500), fc.nat(120), (earned, day, graceDays) => {
        const ground = aGround(earned, { grace: { days: graceDays }, zone: 'UTC' });
        const at = NOON + day * DAY;

        const back = Array.from({ length: graceDays + 1 }, (_, i) => at - i * DAY);
        const looked = back.filter((then) => then >= NOON);
        const best = Math.max(0, ...looked.map((then) => earnedAt(earned, then, 'UTC')));
        const naive = [GOLD, SILVER].find(({ from }) => best >= from.amount);

        expect(stepAt(tierSteps(ground), at)?.tier?.name).toBe(naive?.name);
      }),
      { numRuns: 80 },
    );
  });

  it('is the same in whatever order things were earned', () => {
    fc.assert(
      fc.property(
        credits.chain((earned) =>
          fc.tuple(fc.constant(earned), fc.shuffledSubarray(earned, { minLength: earned.length })),
        ),
        ([earned, shuffled]) => {
          expect(courseOf(aGround(shuffled))).toEqual(courseOf(aGround(earned)));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('stepAfter', () => {
  it('tells what comes by time alone, and nothing when all has gone', () => {
    const steps = tierSteps(aGround([on('2026-07-01', 200)]));

    expect(stepAfter(steps, NOON)?.tier?.name).toBe('silver');
    expect(stepAfter(steps, Date.parse('2026-07-01T10:00:00Z'))?.tier).toBeUndefined();
    expect(stepAfter(steps, Date.parse('2027-10-01T10:00:00Z'))).toBeUndefined();
  });
});
