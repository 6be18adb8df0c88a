import type { eraseAll } from '../data/erasing.ts';
import type { erasures, LeasedErasure } from '../data/erasures.ts';
import { type LoopLog, loop } from './loop.ts';
import { deleteRuns, type RunsDeps } from './runs.ts';

const IDLE_MS = 1_000;
/** Between two looks at what is still being deleted, or sent. */
const AGAIN_MS = 1_000;
/** A worker that dies leaves its erasures to the others after so long; a big one is worked on by both, harmlessly. */
const LEASE_MS = 30_000;
/**
 * Whoever was deciding on a customer while they were marked has written by then, or never will: a `decide` has seven
 * seconds. So it is looked once more.
 */
const CALM_MS = 15_000;

export type ErasingDeps = RunsDeps & {
  readonly erasures: Pick<typeof erasures, 'lease' | 'again' | 'cleared' | 'done'>;
  readonly eraseAll: typeof eraseAll;
  /** @default 15 seconds */
  readonly calmMs?: number;
  /** @default 30 seconds */
  readonly leaseMs?: number;
  readonly log: LoopLog['log'] & {
    info(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
};

/**
 * Erases who was marked: their workflow's runs, then what MongoDB holds; and once more after what was under way is over.
 *
 * Any number of workers may run it, and any may be killed: each step may be done again, and what is left is found.
 */
export async function eraseCustomers(deps: ErasingDeps, stop: AbortSignal): Promise<void> {
  const eraseNext = async () => {
    const erasure = await deps.erasures.lease(Date.now(), deps.leaseMs ?? LEASE_MS);
    if (erasure) await erase(erasure, deps);
    return erasure ? 0 : IDLE_MS;
  };
  await loop({ log: deps.log, waits: 'erasing waits' }, eraseNext, stop);
}

async function erase(erasure: LeasedErasure, deps: ErasingDeps): Promise<void> {
  const { customerId, members, clearedAt } = erasure;
  const isQuiet = await areRunsGone(members, deps);
  const underWay = await deps.eraseAll(erasure);
  const now = Date.now();
  if (!isQuiet || underWay !== undefined) return deps.erasures.again(customerId, now + AGAIN_MS);
  if (!clearedAt) return deps.erasures.cleared(customerId, now, now + (deps.calmMs ?? CALM_MS));

  await deps.erasures.done(customerId, now);
  deps.log.info({ customerId }, 'customer erased');
}

async function areRunsGone(members: readonly string[], deps: ErasingDeps): Promise<boolean> {
  const gone = await Promise.all(members.map((id) => deleteRuns(id, deps)));
  return gone.every(Boolean);
}
