import type { sending } from '../data/sending.ts';
import type { Playbook } from '../domain/playbook.ts';
import { isStopped } from '../domain/sending.ts';
import { type LoopLog, loop } from './loop.ts';

/** Customers woken at a time, and the pause between: at most twenty a second, as others' news waits behind them. */
const PAGE = 10;
const PAUSE_MS = 500;
/** How soon after mail was started, at the latest, the first are woken. */
const IDLE_MS = 1_000;

type Deps = {
  readonly sending: Pick<typeof sending, 'current' | 'wake'>;
  readonly playbook: () => Promise<Pick<Playbook, 'touches'>>;
  readonly log: LoopLog['log'];
};

/**
 * Wakes the journeys that wait for mail to be started, once it is, page by page.
 *
 * It keeps nothing: whoever still waits while mail leaves is found again, so a worker that dies half-way, or a decision
 * made on what was true a moment ago, leaves nobody asleep. Any number of workers may do it.
 */
export async function wakeWaiting(deps: Deps, stop: AbortSignal): Promise<void> {
  let last = '';
  const wakeNext = async () => {
    last = await wakePage(deps, last);
    return last ? PAUSE_MS : IDLE_MS;
  };
  await loop({ log: deps.log, waits: 'waking who waits for mail waits' }, wakeNext, stop);
}

/** Wakes the customers after the last one, and tells the last of them; an empty id begins anew. */
async function wakePage({ sending, playbook }: Deps, after: string): Promise<string> {
  const state = await sending.current();
  if (isStopped(state, 'service')) return '';
  const touches = state.stopped ? serviceOf(await playbook()) : undefined;
  return (await sending.wake(after, { limit: PAGE, touches })) ?? '';
}

/** What leaves also while marketing is stopped. */
function serviceOf({ touches }: Pick<Playbook, 'touches'>): readonly string[] {
  return touches.filter(({ kind }) => kind === 'service').map(({ name }) => name);
}
