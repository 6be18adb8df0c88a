import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { connect, disconnect } from '../data/connect.ts';
import { migrate } from '../data/migrate.ts';
import { createReceive } from '../data/receive.ts';
import type { Incoming } from '../domain/incoming.ts';
import { aPlaybook } from '../test/support/builders.ts';

/**
 * How many receipts a second, each a transaction, beside how many bare inserts of the same events.
 *
 * `MONGODB_URI=… npx node bench/receipt.ts [events] [customers]`; twenty at once, as design §12 measured them.
 */
const [COUNT = 4_000, CUSTOMERS = 400] = process.argv.slice(2).map(Number);
const AT_ONCE = 20;

const plain = aPlaybook([]);
const playbook = { ...plain, shop: { ...plain.shop, softOptIn: ['news'] } };

const uri = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/?directConnection=true');
uri.pathname = `/bench-${randomUUID()}`;
await connect(uri.href);
await migrate();

const clock = { now: Date.now, serverTime: Date.now };
const { receive } = createReceive({ hashKey: 'key', clock, playbook: async () => playbook });
const events = Array.from({ length: COUNT }, (_, i) => aPurchase(i));
const bare = mongoose.connection.collection<Incoming & { _id: string }>('bare');

const inserts = await perSecond((event) => bare.insertOne({ _id: `shop/${event.id}`, ...event }));
const receipts = await perSecond((event) => receive([event], 'api'));
console.log(`${COUNT} purchases of ${CUSTOMERS} customers, ${AT_ONCE} at once:`);
console.log(`${receipts} receipts/s; bare inserts ${inserts}/s`);

await mongoose.connection.dropDatabase();
await disconnect();

function aPurchase(i: number): Incoming {
  const customer = `c-${i % CUSTOMERS}`;
  return {
    ...{ id: `o-${i}`, source: 'shop', type: 'purchase', at: Date.now() },
    customer: { id: customer, email: `${customer}@example.com`, locale: 'nl' },
    data: { orderId: `o-${i}`, total: 2933, currency: 'EUR', items: [] },
  };
}

async function perSecond(work: (event: Incoming) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const waiting = events.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const event of waiting) await work(event);
    }),
  );
  return Math.round((events.length / (performance.now() - started)) * 1_000);
}
