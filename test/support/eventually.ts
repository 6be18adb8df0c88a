import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so; servers take their time. */
export async function eventually(
  what: () => boolean | Promise<boolean>,
  { within = 15_000, every = 50 } = {},
): Promise<void> {
  const end = performance.now() + within;
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`not so within ${within} ms: ${what}`);
    await sleep(every);
  }
}
