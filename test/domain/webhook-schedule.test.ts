import { describe, expect, it } from '@jest/globals';
import { afterAttempt } from '../../domain/webhook-schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('afterAttempt', () => {
  it.each([200, 202, 204, 299])('takes %d for an arrival', (status) => {
    expect(afterAttempt(status, { attempts: 0, now: 0, spread: 0 })).toEqual({ kind: 'delivered' });
  });

  it.each([
    [0, 5_000],
    [1, 5 * MINUTE],
    [2, 30 * MINUTE],
    [3, 2 * HOUR],
    [4, 5 * HOUR],
    [8, 24 * HOUR],
  ])('waits after %d attempts that failed and one more', (attempts, wait) => {
    expect(afterAttempt(500, { attempts, now: 1_000, spread: 0 })).toEqual({
      kind: 'again',
      at: 1_000 + wait,
    });
  });

  it.each([301, 400, 404, 500, 503, undefined])('tries again after %s', (status) => {
    expect(afterAttempt(status, { attempts: 0, now: 0, spread: 0.5 })).toEqual({ kind: 'again', at: 5_500 });
  });

  it('gives up after three days', () => {
    expect(afterAttempt(500, { attempts: 9, now: 0, spread: 0 })).toEqual({ kind: 'given-up' });
  });

  it('believes a receiver that says it is gone', () => {
    expect(afterAttempt(410, { attempts: 0, now: 0, spread: 0 })).toEqual({ kind: 'given-up' });
  });
});
