import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../servers/alive.ts';
import { freePort } from '../../servers/ports.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { eventually } from '../support/eventually.ts';

type Started = { readonly child: ChildProcess; said(): string };

const children: ChildProcess[] = [];

/** `npm start`, with its data in `dir`. */
function start(dir: string, variables: Record<string, string>): Started {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, ['servers/start.ts'], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, RAPPORT_DIR: dir, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  return { child, said: () => said };
}

async function up({ child, said }: Started): Promise<void> {
  while (!said().includes('Rapport is up')) {
    if (child.exitCode !== null) throw new Error(said());
    await sleep(100);
  }
}

/** All processes it started itself or through others: keepers, servers, worker, API. */
async function processesOf(dir: string): Promise<readonly number[]> {
  const text = await readFile(join(dir, 'running'), 'utf8').catch(() => '');
  return text.split('\n').map(Number).filter(Boolean);
}

describe('npm start', () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('brings everything up, ends everything on ctrl-C, and goes on the second time', async () => {
    const [dir, port] = [await aDataFolder(), await freePort()];
    const url = `http://127.0.0.1:${port}`;

    const first = start(dir, { PORT: String(port) });
    await up(first);
    const pids = await processesOf(dir);
    const [, key] = /Admin key +(rk_\S+)/.exec(first.said()) ?? [];
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify(aSignUp());
    expect((await fetch(`${url}/v1/events`, { method: 'POST', headers, body })).status).toBe(202);
    first.child.kill('SIGINT');
    expect(await once(first.child, 'exit')).toEqual([0, null]);
    expect(pids).toHaveLength(6);
    expect(pids.filter(isAlive)).toEqual([]);

    const second = start(dir, { PORT: String(port) });
    await up(second);
    expect(second.said()).not.toContain('rk_');
    const again = await fetch(`${url}/v1/events`, { method: 'POST', headers, body });
    expect(await again.json()).toMatchObject({ receipts: [{ duplicate: true }] });
    second.child.kill('SIGINT');
    await once(second.child, 'exit');
  }, 180_000);

  it('leaves nothing behind when ctrl-C comes while it is still starting', async () => {
    const dir = await aDataFolder();
    const started = start(dir, { PORT: String(await freePort()) });
    while (!started.said().includes('Starting Temporal')) await sleep(20);
    const pids = await processesOf(dir);

    started.child.kill('SIGINT');
    expect(await once(started.child, 'exit')).toEqual([130, null]);
    for (let waited = 0; pids.some(isAlive) && waited < 15_000; waited += 100) await sleep(100);

    expect(pids.length).toBeGreaterThan(1);
    expect(pids.filter(isAlive)).toEqual([]);
  }, 120_000);

  it('leaves nothing behind when it is killed outright', async () => {
    const dir = await aDataFolder();
    const killed = start(dir, { PORT: String(await freePort()) });
    await up(killed);
    const pids = await processesOf(dir);

    killed.child.kill('SIGKILL');
    for (let waited = 0; pids.some(isAlive) && waited < 15_000; waited += 100) await sleep(100);

    expect(pids.filter(isAlive)).toEqual([]);
  }, 120_000);

  it('starts a part again that ends by itself, says so, and still ends everything on ctrl-C', async () => {
    const [dir, port] = [await aDataFolder(), await freePort()];
    const started = start(dir, { PORT: String(port) });
    await up(started);
    const [, mongodb = 0, temporal = 0] = await processesOf(dir); // in the order of their start

    process.kill(-mongodb, 'SIGKILL');
    process.kill(-temporal, 'SIGKILL');
    while ((await processesOf(dir)).length < 7) await sleep(100);
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, { within: 30_000 });
    const pids = await processesOf(dir);
    started.child.kill('SIGINT');
    await once(started.child, 'exit');

    expect(started.said()).toMatch(/^MongoDB ended by itself, and is started again: .+$/m);
    expect(started.said()).toMatch(/^Temporal ended by itself, and is started again: .+$/m);
    expect(started.child.exitCode).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  }, 120_000);

  it('says in one line that its port is taken, before it starts anything', async () => {
    const port = await freePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    const dir = await aDataFolder();

    const { child, said } = start(dir, { PORT: String(port) });
    await once(child, 'exit');

    expect(child.exitCode).toBe(1);
    expect(said().trim()).toBe(
      `Port ${port} is taken: stop what listens there, or choose another: PORT=${port + 1} npm start`,
    );
    squatter.close();
  });
});

function aSignUp() {
  const at = new Date().toISOString();
  const customer = { id: 'c-1', email: 'an@example.com', locale: 'nl', timeZone: 'Europe/Amsterdam' };
  return { id: 's-1', source: 'shop', type: 'sign-up', at, customer, data: {} };
}
