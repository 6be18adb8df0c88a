import { describe, expect, it } from '@jest/globals';
import type { FirstKnown } from '../../data/met-through.ts';
import { anApi, asAdmin } from '../support/api.ts';

const COUNTS = [
  { channel: 'event', campaign: 'fair-2026', customers: 4, ordered: 1 },
  { channel: null, campaign: null, customers: 9, ordered: 7 },
  { channel: 'event', campaign: null, customers: 1, ordered: 1 },
  { channel: 'event', campaign: 'fair-2027', customers: 6, ordered: 0 },
];

async function ask(query = '') {
  const asked: FirstKnown[] = [];
  const app = await anApi(undefined, {
    countMetThrough: async (within) => {
      asked.push(within);
      return COUNTS;
    },
  });
  const answer = await app.inject({ url: `/v1/met-through${query}`, headers: asAdmin() });
  return { answer, asked };
}

describe('GET /v1/met-through', () => {
  it('tells per channel, and within it per campaign, the most frequent first', async () => {
    const { answer } = await ask();

    expect(answer.json()).toEqual({
      customers: 20,
      ordered: 9,
      channels: [
        {
          ...{ channel: 'event', customers: 11, ordered: 2 },
          campaigns: [
            { campaign: 'fair-2027', customers: 6, ordered: 0 },
            { campaign: 'fair-2026', customers: 4, ordered: 1 },
          ],
        },
        { channel: null, customers: 9, ordered: 7, campaigns: [] },
      ],
    });
  });

  it('takes days and moments', async () => {
    const { asked } = await ask('?from=2026-11-01&to=2026-12-01T00:00:00%2B01:00');

    expect(asked).toEqual([{ from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 30, 23) }]);
  });

  it.each(['?from=yesterday', '?since=2026-01-01', '?from=2026-02-30'])('refuses %s', async (query) => {
    expect((await ask(query)).answer.statusCode).toBe(422);
  });

  it('asks for a key', async () => {
    const app = await anApi();

    expect((await app.inject('/v1/met-through')).statusCode).toBe(401);
  });
});
