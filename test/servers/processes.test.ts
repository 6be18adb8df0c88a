import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { isAlive } from '../../servers/alive.ts';
import { launch, ready } from '../../servers/processes.ts';

async function aLogFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'rapport-processes-')), 'a.log');
}

async function aShell(script: string, graceSeconds = 5) {
  const logFile = await aLogFile();
  return launch({ name: 'Thing', command: '/bin/sh', args: ['-c', script], logFile, graceSeconds });
}

describe('launch', () => {
  it('tells how a process ended, and its last words', async () => {
    const thing = await aShell('echo first; echo no more room >&2; exit 7');

    expect(await thing.exited).toBe(7);
    expect(thing.isRunning()).toBe(false);
    expect(thing.lastLine()).toBe('no more room');
    await thing.stop();
  });

  it('ends a process politely', async () => {
    const thing = await aShell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    await ready(thing, async () => expect(thing.lastLine()).toBe('up'), 5);

    await thing.stop();

    expect(thing.lastLine()).toBe('bye');
  });

  it('ends one that does not listen when its grace is over', async () => {
    const thing = await aShell("trap '' TERM; echo up; while :; do sleep 0.05; done", 0.3);
    await ready(thing, async () => expect(thing.lastLine()).toBe('up'), 5);

    await thing.stop();

    expect(await thing.exited).toBe(137);
  });

  it('says so when there is no such program', async () => {
    const thing = launch({ name: 'Thing', command: '/no/such/thing', args: [], logFile: await aLogFile() });

    await expect(ready(thing, () => Promise.reject(new Error()), 5)).rejects.toThrow(
      /^Thing ended at once: .*not found/,
    );
  });

  it('leaves nothing behind when we are killed outright', async () => {
    const logFile = await aLogFile();
    const parent = spawn(process.execPath, ['test/support/parent.ts', logFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [child] = (await once(parent.stdout, 'data')).map(Number);

    parent.kill('SIGKILL');
    await once(parent, 'exit');
    for (let waited = 0; isAlive(child ?? 0) && waited < 3000; waited += 50) await sleep(50);

    expect(isAlive(child ?? 0)).toBe(false);
    expect(await readFile(logFile, 'utf8')).toContain('asked to go');
  });
});

describe('ready', () => {
  it('believes nobody who answers in the place of one that has ended', async () => {
    const thing = await aShell('echo the port is taken; exit 1');
    const another = async () => void (await thing.exited);

    await expect(ready(thing, another, 5)).rejects.toThrow('Thing ended at once: the port is taken');
  });

  it('gives up in time on a process that never answers', async () => {
    const thing = await aShell('echo still thinking; sleep 60');

    await expect(ready(thing, () => Promise.reject(new Error()), 0.3)).rejects.toThrow(
      'Thing was not ready in 0.3 seconds: still thinking',
    );
    expect(thing.isRunning()).toBe(false);
  });
});
