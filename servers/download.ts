import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { arch, platform } from 'node:process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Binary } from './binaries.ts';
import type { Tell } from './step.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** A connection that brings nothing for so long is given up. */
const STALLED_MS = 5_000;
/** Debian 12 and Ubuntu 22.04 are the oldest it has builds for that this version of Node also runs on. */
const MONGODB_VERSION = '8.0.4';

const TemporalArchive = z.object({ archiveUrl: z.string(), fileToExtract: z.string() });

/** Which of its versions fits best is told by the SDK that asks. */
const SDK = 'sdk-name=sdk-typescript&sdk-version=1.24.0';

type Archive = { readonly url: string; readonly member: string };

/** The official build, from the cache or from its makers; Temporal's as the SDK itself fetches it. */
export async function downloaded(binary: Binary, cache: string, tell: Tell): Promise<string> {
  const target = join(cache, `${binary.name}-official`);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    const archive = await archiveOf(binary);
    const file = join(folder, 'archive.tgz');
    await fetchTo(archive.url, file, (done) => tell(`Downloading ${binary.name}: ${megabytes(done)}`));
    await run('tar', ['-xzf', file, '-C', folder]);
    await rename(join(folder, archive.member), target);
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function archiveOf({ name }: Binary): Promise<Archive> {
  if (name === 'mongod') return mongodbArchive();
  const artifact = name === 'temporal' ? 'cli' : name;
  const machine = arch === 'arm64' ? 'arm64' : 'amd64';
  const query = `arch=${machine}&platform=${platform}&format=tar.gz&${SDK}`;
  const response = await get(
    `https://temporal.download/${artifact}/default?${query}`,
    AbortSignal.timeout(STALLED_MS),
  );
  const { archiveUrl, fileToExtract } = TemporalArchive.parse(await response.json());
  return { url: archiveUrl, member: fileToExtract };
}

async function mongodbArchive(): Promise<Archive> {
  const { MongoBinaryDownloadUrl } = require('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl');
  const { getOS } = require('mongodb-memory-server-core/lib/util/getos');
  const name = new MongoBinaryDownloadUrl({ version: MONGODB_VERSION, platform, arch, os: await getOS() });
  const url: string = await name.getDownloadUrl();
  return { url, member: join(basename(url, '.tgz'), 'bin', 'mongod') };
}

/**
 * Fetches a file, and gives up when nothing has come for a while; a slow line that moves may take its time.
 *
 * @throws when the host is out of reach, falls silent or answers with an error
 */
export async function fetchTo(
  url: string,
  file: string,
  progress: (bytes: number) => void,
  stalledMs = STALLED_MS,
): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stalledMs);
  const out = await open(file, 'w');
  try {
    const response = await get(url, stalled.signal);
    let received = 0;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      await out.write(chunk);
      received += chunk.length;
      progress(received);
    }
  } catch (error) {
    throw stalled.signal.aborted ? new Error(`${new URL(url).host} fell silent`) : error;
  } finally {
    clearTimeout(timer);
    await out.close();
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

async function get(url: string, signal: AbortSignal): Promise<Response> {
  const { host } = new URL(url);
  const response = await fetch(url, { signal }).catch(() => {
    throw new Error(`${host} is out of reach`);
  });
  if (!response.ok) throw new Error(`${host} answered ${response.status}`);
  return response;
}
