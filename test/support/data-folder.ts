import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { keepPorts } from '../../servers/local.ts';
import { freePort } from '../../servers/ports.ts';

const made: string[] = [];
afterAll(async () => {
  for (const dir of made) await rm(dir, { recursive: true, force: true });
});

/** A folder such as `.rapport`, whose servers will be out of the way of any that run here; removed at the end. */
export async function aDataFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rapport-data-'));
  const [mongodb, temporal] = [await freePort(), await freePort()];
  const [ui, smtp, inbox, listener] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  await keepPorts(dir, { mongodb, temporal, ui, smtp, inbox, listener });
  made.push(dir);
  return dir;
}
