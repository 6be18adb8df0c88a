import { setTimeout as sleep } from 'node:timers/promises';
import type { sending } from '../data/sending.ts';

/** Customers woken at a time, and the pause between: at most a hundred a second. */
const PAGE = 50;
const PAUSE_MS = 500;
/** How soon after mail was started, at the latest, the first are woken. */
const IDLE_MS = 1_000;

type Deps = {
  readonly sending: Pick<typeof sending, 'current' | 'wake'>;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
};

/**
 * Wakes the journeys that wait for mail to be started, once it is, page by page.
 *
 * It keeps nothing: whoever still waits while mail leaves is found again, so a worker that dies half-way, or a decision
 * made on what was true a moment ago, leaves nobody asleep. Any number of workers may do it.
 */
export async function wakeWaiting(deps: Deps, stop: AbortSignal): Promise<void> {
  let last = '';
  while (!stop.aborted) {
    last = await wakePage(deps, last);
    await sleep(last ? PAUSE_MS : IDLE_MS, undefined, { signal: stop }).catch(() => {}); // stopped: the loop ends
  }
}

/** Wakes the customers after the last one, and tells the last of them; an empty id begins anew. */
async function wakePage({ sending, log }: Deps, after: string): Promise<string> {
  try {
    const { stopped } = await sending.current();
    return (stopped ? undefined : await sending.wake(after, PAGE)) ?? '';
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.name : String(error) }, 'waking waits');
    return after;
  }
}
