import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const ROOT = new URL('../', import.meta.url).pathname;
const CACHE = join(ROOT, 'node_modules/.cache/rapport');

/** Only what is wrong is told. */
export const quiet = new DefaultLogger('ERROR');

type Bundle = { readonly code: string };

/**
 * The workflows as a worker runs them: bundled once, which takes seconds, then taken up by each worker that starts until
 * they change. Where it cannot be kept, each bundles for itself.
 */
export async function workflowBundle(): Promise<Bundle> {
  const workflows = join(ROOT, 'workflows');
  const file = join(CACHE, `${await keyOf(workflows)}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return { code: kept };

  const { code } = await bundleWorkflowCode({ workflowsPath: join(workflows, 'index.ts'), logger: quiet });
  await keep(file, code).catch(() => undefined); // a folder that nobody may write to
  return { code };
}

/** Whole or not at all: others look for it meanwhile. */
async function keep(file: string, code: string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(unfinished, code);
  await rename(unfinished, file);
}

/** What a bundle is made of: the workflows' sources, and the versions of what they import. */
async function keyOf(workflows: string): Promise<string> {
  const names = (await readdir(workflows)).toSorted();
  const hash = createHash('sha256');
  for (const path of [join(ROOT, 'package.json'), ...names.map((name) => join(workflows, name))])
    hash.update(`${path.slice(ROOT.length)}\n`).update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}
