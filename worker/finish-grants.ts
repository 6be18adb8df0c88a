import type { unfinishedGrants } from '../data/unfinished-grants.ts';
import { type LoopLog, loop } from './loop.ts';

const IDLE_MS = 5_000;

export type FinishGrantsDeps = {
  readonly unfinishedGrants: Pick<typeof unfinishedGrants, 'finishNext'>;
  /** The server's time, on which leases run, and the moment that what happens now is noted with; epoch milliseconds. */
  readonly moment: () => { readonly serverTime: number; readonly now: number };
  readonly log: LoopLog['log'];
};

/**
 * Finishes grants whose worker died between taking them out of their budget and telling of them. Any number may run, and
 * any may be killed.
 */
export async function finishGrants(
  { unfinishedGrants: grants, moment, log }: FinishGrantsDeps,
  stop: AbortSignal,
): Promise<void> {
  const step = async () => ((await grants.finishNext(moment())) ? 0 : IDLE_MS);
  await loop({ log, waits: 'unfinished grants wait' }, step, stop);
}
