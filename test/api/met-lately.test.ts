import { describe, expect, it } from '@jest/globals';
import type { ApiDeps } from '../../api/deps.ts';
import { createMetLately } from '../../api/pages/met-lately.ts';
import { anApi, signIn } from '../support/api.ts';
import { DAY, NOON } from '../support/builders.ts';

const COUNTS = [{ channel: 'event', campaign: null, customers: 4, ordered: 1 }];

/** A memory of counts on a clock that the test sets, with what was asked of the database. */
function aMemory(count: () => Promise<typeof COUNTS>) {
  const clock = { time: 0, now: () => NOON, serverTime: () => clock.time };
  const asked: unknown[] = [];
  const failed: unknown[] = [];
  const countMetThrough: ApiDeps['countMetThrough'] = (...how) => {
    asked.push(how);
    return count();
  };
  return {
    clock,
    asked,
    failed,
    metLately: createMetLately({ countMetThrough, clock }, (error) => failed.push(error)),
  };
}

describe('createMetLately', () => {
  it('counts a year once a minute, with little patience', async () => {
    const { clock, asked, metLately } = aMemory(async () => COUNTS);

    expect(await Promise.all([metLately(), metLately()])).toEqual([COUNTS, COUNTS]);
    clock.time = 59_999;
    await metLately();
    expect(asked).toEqual([[{ from: NOON - 365 * DAY }, 3_000]]);

    clock.time = 60_000;
    await metLately();
    expect(asked).toHaveLength(2);
  });

  it('has nothing to show where it cannot be counted, and tries again after a minute', async () => {
    const { clock, asked, failed, metLately } = aMemory(() => Promise.reject(new Error('too slow')));

    expect([await metLately(), await metLately()]).toEqual([undefined, undefined]);
    expect([asked.length, failed.length]).toEqual([1, 1]);
    clock.time = 60_000;
    await metLately();
    expect(asked).toHaveLength(2);
  });
});

describe('the start page', () => {
  it('is shown without the table where that cannot be counted', async () => {
    const open = async (countMetThrough: ApiDeps['countMetThrough']) => {
      const app = await anApi(undefined, { countMetThrough });
      const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
      return app.inject({ url: '/', headers: { cookie, accept: 'text/html' } });
    };

    const [counted, failed] = await Promise.all([
      open(async () => COUNTS),
      open(() => Promise.reject(new Error('too slow'))),
    ]);

    expect([counted.statusCode, failed.statusCode]).toEqual([200, 200]);
    expect([counted.body, failed.body].map((body) => body.includes('id="met-title"'))).toEqual([true, false]);
  });
});
