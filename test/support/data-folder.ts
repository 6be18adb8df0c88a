import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPorts } from '../../servers/local.ts';
import { freePort } from '../../servers/ports.ts';

/** A folder such as `.rapport`, whose servers will be out of the way of any that run here. */
export async function aDataFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rapport-data-'));
  const [mongodb, temporal] = [await freePort(), await freePort()];
  const [ui, smtp, inbox] = [await freePort(), await freePort(), await freePort()];
  await keepPorts(dir, { mongodb, temporal, ui, smtp, inbox });
  return dir;
}
