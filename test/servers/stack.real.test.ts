import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import mongoose from 'mongoose';
import { freePort } from '../../servers/ports.ts';
import { type Stack, startStack } from '../../servers/stack.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { mongo, temporal } from '../support/servers.ts';

const started: Stack[] = [];
afterEach(async () => {
  for (const stack of started.splice(0)) await stack.stop();
});

async function start(dir: string, env: Record<string, string> = {}): Promise<Stack> {
  const stack = await startStack({ dir, quiet: true, env });
  started.push(stack);
  return stack;
}

/** Leaves a mark in MongoDB and in Temporal. */
async function mark({ mongodbUri, temporal: { address } }: Stack): Promise<void> {
  const db = await mongoose.createConnection(mongodbUri).asPromise();
  await db.collection('marks').insertOne({ name: 'here' });
  await db.close();
  const connection = await Connection.connect({ address });
  await new Client({ connection }).workflow.start('idle', { workflowId: 'customer:1', taskQueue: 'nobody' });
  await connection.close();
}

/** Whether both marks are there. */
async function marks({ mongodbUri, temporal: { address } }: Stack): Promise<readonly [number, string]> {
  const db = await mongoose.createConnection(mongodbUri).asPromise();
  const count = await db.collection('marks').countDocuments();
  await db.close();
  const connection = await Connection.connect({ address });
  const { status } = await new Client({ connection }).workflow.getHandle('customer:1').describe();
  await connection.close();
  return [count, status.name];
}

describe('startStack', () => {
  it('starts what nobody named, and a second time goes on, on other ports if need be', async () => {
    const dir = await aDataFolder();
    const first = await start(dir);
    await mark(first);
    expect(await (await fetch(`${first.temporal.uiUrl}/`)).text()).toContain('<html');
    expect(await (await fetch(`${first.inboxUrl}/messages.json`)).json()).toMatchObject({ delivered: 0 });
    await first.stop();
    expect(first.processes.map((server) => server.isRunning())).toEqual([false, false]);

    const squatter = createServer((socket) => socket.destroy()).listen(
      Number(new URL(first.mongodbUri).port),
      '127.0.0.1',
    );
    const second = await start(dir);

    expect(second.mongodbUri).not.toBe(first.mongodbUri);
    expect(second.temporal).toEqual(first.temporal);
    expect(await marks(second)).toEqual([1, 'RUNNING']);
    await second.stop();
    squatter.close();
  }, 120_000);

  it('is refused while another start uses the folder, and takes nothing from it', async () => {
    const dir = await aDataFolder();
    const lock = join(dir, 'running');
    await writeFile(lock, `${process.ppid}\n`);

    await expect(start(dir)).rejects.toThrow(/^Rapport is running on/);
  });
});

describe('startStack, with servers that the environment names', () => {
  let named: Record<string, string>;
  let smtp: ReturnType<typeof createServer>;
  beforeAll(async () => {
    const port = await freePort();
    smtp = createServer().listen(port, '127.0.0.1');
    const { address, namespace } = await temporal();
    named = {
      MONGODB_URI: await mongo(),
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
    };
  });
  afterAll(() => void smtp.close());

  it('uses them, and starts nothing', async () => {
    const stack = await start(await aDataFolder(), named);

    expect(stack.processes).toEqual([]);
    expect(stack.inboxUrl).toBeUndefined();
    expect(stack.env).toMatchObject({ MONGODB_URI: named.MONGODB_URI, SMTP_URL: named.SMTP_URL });
    expect(stack.temporal).toMatchObject({ namespace: named.TEMPORAL_NAMESPACE });
    await stack.stop();
  });

  it.each([
    ['MONGODB_URI', 'localhost:27017', /^MONGODB_URI must start with mongodb:\/\/ or mongodb\+srv:\/\/\.$/],
    [
      'MONGODB_URI',
      'mongodb://anna:hush@127.0.0.1:9/rapport',
      /^MongoDB at 127\.0\.0\.1:9 cannot be used: .*Check MONGODB_URI\.$/,
    ],
    [
      'TEMPORAL_ADDRESS',
      '127.0.0.1:9',
      /^No Temporal answers at 127\.0\.0\.1:9: is it running, and is TEMPORAL_ADDRESS right\?$/,
    ],
    [
      'TEMPORAL_NAMESPACE',
      'nowhere',
      /has no namespace nowhere: temporal operator namespace create --namespace nowhere/,
    ],
    ['SMTP_URL', 'smtp://127.0.0.1:9', /^No SMTP server answers at 127\.0\.0\.1:9: is SMTP_URL right\?$/],
  ])(
    'says in one line what to do about %s=%s',
    async (name, value, line) => {
      const before = Date.now();

      await expect(start(await aDataFolder(), { ...named, [name]: value })).rejects.toThrow(line);

      expect(Date.now() - before).toBeLessThan(10_000);
    },
    20_000,
  );
});
