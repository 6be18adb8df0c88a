import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isInUse, takeFolder } from '../../servers/folder.ts';

const aPath = async () => join(await mkdtemp(join(tmpdir(), 'rapport-folder-')), 'data');

async function aProcess(seconds: string) {
  const child = spawn('/bin/sleep', [seconds]);
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, gone: once(child, 'exit'), end: () => child.kill() };
}

describe('takeFolder', () => {
  it('makes the folder, and is its only user until it is released', async () => {
    const path = await aPath();

    const folder = await takeFolder(path);
    expect(await isInUse(path)).toBe(true);

    await folder.release();
    expect(await isInUse(path)).toBe(false);
  });

  it('refuses a folder that another process uses, and says what to do', async () => {
    const [path, other] = [await aPath(), await aProcess('60')];
    await (await takeFolder(path)).release();
    await writeFile(join(path, 'running'), `${other.pid}\n`);

    await expect(takeFolder(path)).rejects.toThrow(
      new RegExp(
        `^Rapport is running on .*data \\(process ${other.pid}\\): stop it first; if that is not .*/running`,
      ),
    );
    other.end();
  });

  it('takes over from a killed process when the servers of that one have gone', async () => {
    const [path, dead, server] = [await aPath(), await aProcess('0'), await aProcess('0.4')];
    await dead.gone;
    await (await takeFolder(path)).release();
    await writeFile(join(path, 'running'), `${dead.pid}\n${server.pid}\n`);
    let serverRuns = true;
    server.gone.then(() => {
      serverRuns = false;
    });

    await takeFolder(path);

    expect(serverRuns).toBe(false);
  });
});
