import { describe, expect, it, jest } from '@jest/globals';
import { loop } from '../../worker/loop.ts';

/** Stops the loop when its step has run so often. */
function counting(times: number, work: (nth: number) => Promise<number>) {
  const stop = new AbortController();
  const log = { warn: jest.fn() };
  let nth = 0;
  const step = async () => {
    nth += 1;
    if (nth === times) stop.abort();
    return work(nth);
  };
  return { log, run: () => loop({ waits: 'the post waits', log }, step, stop.signal), ran: () => nth };
}

describe('loop', () => {
  it('goes on until it is stopped, in the middle of a pause too', async () => {
    const { run, ran } = counting(3, async (nth) => (nth === 3 ? 60_000 : 0));
    await run();
    expect(ran()).toBe(3);
  });

  it('outlives a server that is away, and logs the type alone', async () => {
    const { run, ran, log } = counting(2, async (nth) => {
      if (nth === 1) throw new TypeError('an@example.com is away');
      return 0;
    });
    await run();
    expect(ran()).toBe(2);
    expect(log.warn.mock.calls).toEqual([[{ error: 'TypeError' }, 'the post waits']]);
  });
});
