import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './alive.ts';
import { StepFailed } from './step.ts';

/** Holds process ids: the owner's, then those of its servers. */
const LOCK = 'running';
/** Longer than any server's grace after its parent was killed. */
const PATIENCE_MS = 60_000;

/** The data of one Rapport: `.rapport/`, or a time-lapse's own; one process uses it at a time. */
export type Folder = {
  readonly path: string;
  /** Notes a server that works on this data: if we are killed, the next to come waits until it has gone. */
  note(pid: number): void;
  release(): Promise<void>;
};

/**
 * Takes a folder, made if it is not there. Servers that a killed process left in it get the time to end.
 *
 * @throws StepFailed when another Rapport uses it
 */
export async function takeFolder(path: string): Promise<Folder> {
  await mkdir(path, { recursive: true });
  const lock = join(path, LOCK);
  const [owner, ...servers] = await pidsIn(lock);
  if (owner && owner !== process.pid && isAlive(owner)) throw new StepFailed(refusal(path, owner));

  const deadline = Date.now() + PATIENCE_MS;
  while (servers.some(isAlive) && Date.now() < deadline) await sleep(100);
  await writeFile(lock, `${process.pid}\n`);
  return {
    path,
    note: (pid) => appendFileSync(lock, `${pid}\n`),
    release: () => rm(lock, { force: true }),
  };
}

/** Whether a Rapport works on this folder now. */
export async function isInUse(path: string): Promise<boolean> {
  const [owner] = await pidsIn(join(path, LOCK));
  return owner !== undefined && isAlive(owner);
}

function refusal(path: string, owner: number): string {
  const name = relative('.', path) || path;
  const mistaken = `if that is not Rapport, delete ${name}/${LOCK}`;
  return `Rapport is running on ${name} (process ${owner}): stop it first; ${mistaken}.`;
}

async function pidsIn(lock: string): Promise<number[]> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  return text.split('\n').map(Number).filter(Boolean);
}
