import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const ROOT = new URL('../../', import.meta.url).pathname;
const CACHE = join(ROOT, 'node_modules/.cache/rapport');

/** Only what is wrong is told: workers that start and stop by the dozen are no news. */
export const quiet = new DefaultLogger('ERROR');

type Bundle = { readonly code: string };

let bundled: Promise<Bundle> | undefined;

/** The workflows' bundle: made once (seconds), then taken up by every test file until the workflows change. */
export function workflowBundle(): Promise<Bundle> {
  bundled ??= keptBundle();
  return bundled;
}

async function keptBundle(): Promise<Bundle> {
  const workflows = join(ROOT, 'workflows');
  const file = join(CACHE, `${keyOf(workflows)}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return { code: kept };

  const { code } = await bundleWorkflowCode({ workflowsPath: join(workflows, 'index.ts'), logger: quiet });
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${file}.${process.pid}`, code);
  await rename(`${file}.${process.pid}`, file); // whole or not at all: others look for it meanwhile
  return { code };
}

/** What a bundle is made of: the workflows' sources, and the versions of what they import. */
function keyOf(workflows: string): string {
  const sources = readdirSync(workflows).map((name) => join(workflows, name));
  const hash = createHash('sha256');
  for (const path of [join(ROOT, 'package.json'), ...sources]) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}
