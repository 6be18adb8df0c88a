import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { writeHistory } from '../../cli/history-json.ts';
import setUp from './global-setup.ts';
import tearDown from './global-teardown.ts';
import { devServer } from './journeys.ts';
import { RECORDED, RECORDED_OVER_MONTHS } from './recorded-journeys.ts';
import { timeSkipping } from './servers.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/**
 * Records the histories of this version under `test/histories/<version>/`: `node test/support/record-histories.ts`.
 *
 * They are the promise to journeys that run already: once committed, a history is never recorded anew. A new version
 * records its own beside them, and all of them are replayed.
 */
async function main(): Promise<void> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const dir = join(ROOT, 'test/histories', version);
  if (existsSync(dir)) throw new Error(`${dir} is there: the histories of a version are recorded once`);

  await setUp();
  try {
    const histories = {
      ...(await recordOn(devServer, RECORDED)),
      ...(await recordOn(timeSkipping, RECORDED_OVER_MONTHS)),
    };
    await mkdir(dir, { recursive: true });
    for (const [name, history] of Object.entries(histories)) {
      await writeFile(join(dir, `${name}.json`), writeHistory(history));
    }
    process.stderr.write(`${Object.keys(histories).length} histories in ${dir}\n`);
  } finally {
    await tearDown();
  }
}

async function recordOn(
  server: typeof devServer,
  stories: typeof RECORDED,
): Promise<Record<string, History>> {
  const env = await server();
  try {
    const recorded: Record<string, History> = {};
    for (const story of stories) Object.assign(recorded, await story(env));
    return recorded;
  } finally {
    await env.teardown();
  }
}

await main();
