import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait while MongoDB or Temporal is away. */
const AWAY_MS = 1_000;

/** What a loop of the worker is called by while it waits, `confirmations wait`, and where it says so. */
export type LoopLog = {
  readonly waits: string;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
};

/**
 * Does a thing again and again until it is stopped. What it throws, a server that is away, is logged by its type, and
 * it goes on a second later.
 *
 * @param step does one thing, and tells how long to pause before the next, milliseconds
 */
export async function loop(
  { waits, log }: LoopLog,
  step: () => Promise<number>,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const pause = await step().catch((error: unknown) => {
      log.warn({ error: errorType(error) }, waits);
      return AWAY_MS;
    });
    if (pause > 0) await pauseFor(pause, stop);
  }
}

/** Waits so long, or until whoever waits is stopped. */
export async function pauseFor(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop }).catch(() => {}); // stopped: whoever waits ends
}

/** An error by its type alone: its words may quote an address. */
export function errorType(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
