import { setTimeout as sleep } from 'node:timers/promises';

/** A part that does not answer within this time is away, milliseconds. */
const PATIENCE_MS = 2_000;

type Probe = () => Promise<unknown>;

/** Asks every part at once whether it is there, and names those that are not. */
export async function whoIsAway(probes: Readonly<Record<string, Probe>>): Promise<readonly string[]> {
  const names = Object.entries(probes).map(async ([name, probe]) => ((await isThere(probe)) ? [] : [name]));
  return (await Promise.all(names)).flat();
}

async function isThere(probe: Probe): Promise<boolean> {
  const patience = new AbortController();
  const tooLate = sleep(PATIENCE_MS, false, { signal: patience.signal }).catch(() => false);
  const answer = probe().then(
    () => true,
    () => false,
  );
  const there = await Promise.race([answer, tooLate]);
  patience.abort();
  return there;
}
