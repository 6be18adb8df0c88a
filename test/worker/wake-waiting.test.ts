import { describe, expect, it } from '@jest/globals';
import type { SendingState } from '../../data/sending.ts';
import { wakeWaiting } from '../../worker/wake-waiting.ts';
import { aTouch } from '../support/builders.ts';

/** Whom it asks to wake first, in this state; nothing where it asks for nobody. */
async function asked(state: SendingState): Promise<readonly unknown[]> {
  const calls: unknown[] = [];
  const stop = new AbortController();
  const touches = [aTouch({ name: 'tips' }), aTouch({ name: 'thanks', kind: 'service' })];
  const sending = {
    current: async () => {
      stop.abort(); // once round
      return state;
    },
    wake: async (_after: string, which: unknown) => {
      calls.push(which);
      return undefined;
    },
  };
  await wakeWaiting({ sending, playbook: async () => ({ touches }), log: { warn: () => {} } }, stop.signal);
  return calls;
}

describe('wakeWaiting', () => {
  it.each([
    ['nobody while all mail is stopped', { stopped: 'all' }, []],
    [
      'who has service mail waiting while marketing is',
      { stopped: 'marketing' },
      [{ limit: 10, touches: ['thanks'] }],
    ],
    ['everybody once nothing is', {}, [{ limit: 10, touches: undefined }]],
  ] as const)('wakes %s', async (_whom, state, expected) => {
    expect(await asked({ spreadMs: 0, ...state })).toEqual(expected);
  });
});
