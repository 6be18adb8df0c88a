import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { connect, disconnect } from '../data/connect.ts';
import { migrate } from '../data/migrate.ts';
import { countResults } from '../data/results.ts';

/**
 * How long results take to count, over mails of a kilobyte each with half as many orders.
 *
 * `MONGODB_URI=… npx node bench/results.ts [mails]`; a customer has ten mails and five orders in a year.
 */
const [MAILS = 1_000_000] = process.argv.slice(2).map(Number);
const PER_CUSTOMER = 10;
const PORTION = 10_000;
const YEAR_MS = 365 * 86_400_000;

const NOW = Date.now();
const VALUES = 'v'.repeat(1_000);

const uri = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/?directConnection=true');
uri.pathname = `/bench-${randomUUID()}`;
await connect(uri.href);
const { connection } = mongoose;
await keep('sends', MAILS, aMail);
await keep('events', MAILS / 2, anOrder);
await migrate();

for (const days of [30, 90, 365]) await measure(days, false);
await measure(365, true);
await connection.dropDatabase();
await disconnect();

async function measure(days: number, byChannel: boolean): Promise<void> {
  const within = { from: NOW - days * 86_400_000, to: NOW, now: NOW };
  const started = performance.now();
  const counts = await countResults({ ...within, per: 'touch', byChannel }, 600_000);
  const seconds = (performance.now() - started) / 1_000;
  const sent = counts.reduce((sum, count) => sum + count.sent, 0);
  console.log(`${days} days${byChannel ? ', by channel' : ''}: ${sent} sent, ${seconds.toFixed(1)} s`);
}

async function keep(name: string, count: number, make: (i: number) => { _id: string }): Promise<void> {
  const collection = connection.collection<{ _id: string }>(name);
  for (let from = 0; from < count; from += PORTION) {
    const many = Array.from({ length: Math.min(PORTION, count - from) }, (_, i) => make(from + i));
    await collection.insertMany(many, { ordered: false, writeConcern: { w: 1, journal: false } });
  }
}

function aMail(i: number) {
  const customerId = customerOf(i);
  const [touch, occasion, due] = [`touch-${i % 20}`, `o-${i}`, momentOf(i)];
  const isHeldOut = Math.floor(i / PER_CUSTOMER) % 20 === 0;
  return {
    ...{ _id: `${customerId}/${touch}/${occasion}`, customerId, touch, occasion, due, kind: 'marketing' },
    ...{ phase: 'relationship', playbook: 1, settledAt: new Date(due), mail: { values: VALUES } },
    ...(isHeldOut
      ? { state: 'skipped', outcome: { kind: 'skipped', reason: 'holdout' } }
      : { state: 'accepted', outcome: { kind: 'accepted' } }),
    ...{ postponements: 0, delays: { count: 0 }, resends: 0 },
  };
}

function anOrder(i: number) {
  const customerId = customerOf(i * 2);
  const at = new Date(momentOf(i * 7));
  const data = { orderId: `o-${i}`, total: 2933, currency: 'EUR' };
  return { _id: `shop/${i}`, customerId, n: i, type: 'purchase', at, receivedAt: at, acts: true, data };
}

function customerOf(i: number): string {
  return `01JX${String(Math.floor(i / PER_CUSTOMER)).padStart(22, '0')}`;
}

/** Spread over the year, and the same each time. */
function momentOf(i: number): number {
  return NOW - ((i * 2_654_435_761) % YEAR_MS);
}
