import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import mongoose from 'mongoose';
import { connect, disconnect } from '../data/connect.ts';
import { migrate } from '../data/migrate.ts';
import { playbooks } from '../data/playbooks.ts';
import { defaultPlaybook } from '../test/support/default-playbook.ts';

/**
 * How long `rapport import` takes for a shop's whole history, and how much memory; beside bare inserts of the same
 * rows. Then once more, which must change nothing; and once killed half-way and run again, which must end the same.
 *
 * `MONGODB_URI=… npx node bench/import.ts [customers] [orders]`
 */
const [CUSTOMERS = 50_000, ORDERS = 150_000] = process.argv.slice(2).map(Number);
const DAY_MS = 86_400_000;

const uri = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/?directConnection=true');
const folder = await mkdtemp(join(tmpdir(), 'rapport-bench-'));
const files = [await customersFile(), await ordersFile()];

await onFreshDatabase('bare inserts', async () => {
  const rows = mongoose.connection.collection('bare');
  const insert = async (count: number) => {
    for (let at = 0; at < count; at += 500) {
      await rows.insertMany(Array.from({ length: Math.min(500, count - at) }, (_, i) => aBareRow(at + i)));
    }
  };
  await timed('bare inserts', () => insert(CUSTOMERS + ORDERS));
});
await onFreshDatabase('import', async () => {
  await timed('import', () => run());
  const once = await kept();
  await timed('the same again', () => run());
  console.log(`the same again changes nothing: ${(await kept()) === once}`);
});
await onFreshDatabase('killed', async () => {
  await timed('killed half-way', () => run(0.5));
  const half = await mongoose.connection.collection('events').countDocuments();
  await timed(`run again after ${half} events`, () => run());
  const { customers, events, orders } = JSON.parse(await kept());
  console.log(`in the end ${customers} customers, ${events} events, ${orders} orders`);
});
await rm(folder, { recursive: true });

async function onFreshDatabase(name: string, work: () => Promise<void>): Promise<void> {
  uri.pathname = `/bench-${name.replaceAll(' ', '-')}-${randomUUID()}`;
  await connect(uri.href);
  await migrate();
  await playbooks.publish('of the bench', await defaultPlaybook());
  await work();
  await mongoose.connection.dropDatabase();
  await disconnect();
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  const result = await work();
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${what}: ${seconds} s${typeof result === 'string' ? `; ${result}` : ''}`);
}

/** Runs the command; with a share it is killed when so much of the events is kept. */
async function run(share?: number): Promise<string> {
  const env = {
    ...process.env,
    MONGODB_URI: uri.href,
    RAPPORT_HASH_KEY: 'a hash key of the bench',
    RAPPORT_DIR: folder,
  };
  const child = spawn(process.execPath, ['cli/main.ts', '--json', 'import', ...files], {
    ...{ env, stdio: ['ignore', 'ignore', 'ignore'] },
  });
  const done = new Promise((resolve) => child.on('exit', resolve));
  const enough = share === undefined ? Infinity : (CUSTOMERS + ORDERS) * share;
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, await peakOf(child.pid ?? 0));
    if (enough < Infinity && (await eventCount()) > enough) child.kill('SIGKILL');
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 200))]);
  }
  return `most memory ${Math.round(peak / 1_024)} MB, exit ${child.exitCode ?? child.signalCode}`;
}

function eventCount(): Promise<number> {
  return mongoose.connection.collection('events').estimatedDocumentCount();
}

/** The most memory a process has had resident so far, kB (Linux). */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
}

/** What is kept, ids of customers apart. */
async function kept(): Promise<string> {
  const { db } = mongoose.connection;
  const [sums] =
    (await db
      ?.collection('customers')
      .aggregate([
        {
          $group: {
            _id: null,
            customers: { $sum: 1 },
            n: { $sum: '$n' },
            orders: { $sum: { $size: '$known.orders' } },
          },
        },
      ])
      .toArray()) ?? [];
  return JSON.stringify({ ...sums, events: await db?.collection('events').countDocuments() });
}

function aBareRow(i: number): object {
  return { email: `c-${i}@example.com`, first_name: 'An', at: new Date(), total: 2_933, sku: `cd-${i % 97}` };
}

async function customersFile(): Promise<string> {
  const header =
    'id,source,email,first_name,last_name,locale,birthday,consent_topics,consent_at,consent_source';
  return write('customers.csv', header, CUSTOMERS, (i) => {
    const consent = i % 2 === 0 ? 'news tips,2023-01-01T00:00:00Z,tick box at the checkout' : ',,';
    return `c-${i},shop,c-${i}@example.com,An,Vos ${i},nl,1984-06-${String(1 + (i % 28)).padStart(2, '0')},${consent}`;
  });
}

/** Orders as shops export them: by date, so that a customer's are far apart. */
async function ordersFile(): Promise<string> {
  const header = 'source,order_id,customer_id,email,at,total,currency,sku,name,category,quantity,price';
  const start = Date.now() - 1_000 * DAY_MS;
  return write('orders.csv', header, ORDERS, (i) => {
    const customer = (i * 7_919) % CUSTOMERS;
    const at = new Date(start + (i / ORDERS) * 1_000 * DAY_MS).toISOString();
    return `shop,o-${i},c-${customer},c-${customer}@example.com,${at},2933,EUR,cd-${i % 97},Kind of Blue,jazz,2,1466`;
  });
}

async function write(
  name: string,
  header: string,
  count: number,
  row: (i: number) => string,
): Promise<string> {
  const path = join(folder, name);
  const file = createWriteStream(path);
  file.write(`${header}\n`);
  for (let i = 0; i < count; i++) if (!file.write(`${row(i)}\n`)) await once(file, 'drain');
  file.end();
  await finished(file);
  return path;
}
