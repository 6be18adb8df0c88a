import { describe, expect, it } from '@jest/globals';
import type { ResultsWanted } from '../../data/results.ts';
import type { ResultCount } from '../../domain/results.ts';
import { anApi, asAdmin } from '../support/api.ts';
import { DAY, NOON } from '../support/builders.ts';
import { aCount } from '../support/results-counted.ts';

const GOOD = aCount({
  ...{ sent: 1_200, rejected: 3, heldOut: 90, playbooks: [2, 3] },
  ...{ answers: 40, scored: 30, scoreSum: 255, granted: 12, redeemed: 5, cost: { EUR: 15_000 } },
  ...{ followed: 1_000, ordered: 250, unsubscribes: 4, complaints: 2, spamComplaints: 1 },
  arms: { treated: { customers: 70, ordered: 56 }, holdout: { customers: 80, ordered: 48 } },
});

async function ask(path: string, counts: readonly ResultCount[] = [GOOD]) {
  const asked: ResultsWanted[] = [];
  const app = await anApi(undefined, {
    countResults: async (wanted) => {
      asked.push(wanted);
      return counts;
    },
  });
  const answer = await app.inject({ url: path, headers: asAdmin() });
  return { answer, asked, status: answer.statusCode };
}

describe('GET /v1/results/touches', () => {
  it('tells what came of the mails of the last ninety days', async () => {
    const { answer, asked } = await ask('/v1/results/touches');

    expect(asked).toEqual([
      { per: 'touch', from: NOON - 90 * DAY, to: NOON, now: NOON, playbook: undefined, byChannel: false },
    ]);
    expect(answer.json()).toEqual({
      from: new Date(NOON - 90 * DAY).toISOString(),
      to: new Date(NOON).toISOString(),
      results: [
        {
          ...{ touch: 'small-treat', kind: 'marketing', playbooks: [2, 3] },
          ...{ sent: 1_200, rejected: 3, heldOut: 90 },
          answers: { count: 40, scored: 30, meanScore: 8.5 },
          grants: { given: 12, redeemed: 5, cost: [{ currency: 'EUR', amount: 15_000 }] },
          orders: { followed: 1_000, ordered: 250, rate: 0.25 },
          ...{ unsubscribes: 4, complaints: 2, spamComplaints: 1 },
          uplift: {
            ...{ verdict: 'more', because: null, treated: { customers: 70, ordered: 56 } },
            holdout: { customers: 80, ordered: 48 },
            difference: expect.closeTo(0.2, 6),
            low: expect.closeTo(0.0524, 4),
            high: expect.closeTo(0.3339, 4),
          },
        },
      ],
    });
  });

  it.each([
    ['nobody is held out', [9, 0], [0, 0], 'no-holdout', null, null],
    ['few are counted', [90, 9], [10, 1], 'too-early', 'too-few', null],
    ['the difference may be none', [100, 55], [100, 50], 'too-early', 'interval-holds-zero', 0.05],
    ['fewer ordered', [1_000, 100], [1_000, 300], 'fewer', null, -0.2],
  ] as const)('says of the uplift, where %s', async (_, got, held, verdict, because, difference) => {
    const [treated, holdout] = [got, held].map(([customers, ordered]) => ({ customers, ordered }));
    const arms = { treated: treated ?? GOOD.arms.treated, holdout: holdout ?? GOOD.arms.holdout };

    const { answer } = await ask('/v1/results/touches', [aCount({ arms })]);

    const found = difference === null ? null : expect.closeTo(difference, 6);
    expect(answer.json().results[0].uplift).toMatchObject({ verdict, because, difference: found });
  });

  it('counts within a time, by channel, of one version', async () => {
    const query = 'from=2026-10-01&to=2026-11-01T00:00:00%2B01:00&by=channel&playbook=3';
    const { answer, asked } = await ask(`/v1/results/touches?${query}`, [aCount({ channel: null })]);

    const [from, to] = [Date.UTC(2026, 9, 1), Date.UTC(2026, 9, 31, 23)];
    expect(asked).toEqual([{ per: 'touch', from, to, now: NOON, playbook: 3, byChannel: true }]);
    expect(answer.json().results[0].channel).toBeNull();
  });

  it.each(['?from=yesterday', '?by=touch', '?playbook=0', '?since=2026-01-01'])(
    'refuses %s',
    async (query) => {
      expect((await ask(`/v1/results/touches${query}`)).status).toBe(422);
    },
  );

  it('asks for a key', async () => {
    const app = await anApi();

    expect((await app.inject('/v1/results/touches')).statusCode).toBe(401);
  });
});

describe('GET /v1/results/phases', () => {
  it('tells the same by phase', async () => {
    const { answer, asked } = await ask('/v1/results/phases?by=channel', [
      aCount({ name: 'relationship', channel: 'event', sent: 7 }),
    ]);

    expect(asked).toMatchObject([{ per: 'phase', byChannel: true }]);
    expect(answer.json().results).toMatchObject([{ phase: 'relationship', channel: 'event', sent: 7 }]);
    expect(answer.json().results[0]).not.toHaveProperty('kind');
  });
});
