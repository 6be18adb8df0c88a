import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/**
 * How long a shop waits for the answer to its webhook, twenty at once, beside the bare round trip of `/healthz`.
 *
 * Against a Rapport that runs, `RAPPORT_SHOPIFY_SECRET` as it has it:
 * `RAPPORT_SHOPIFY_SECRET=… npx node bench/webhooks.ts [webhooks] [url]`. Its customers are made up: try it on data to throw away.
 */
const [count = '2000', url = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const SECRET = process.env.RAPPORT_SHOPIFY_SECRET ?? '';
const AT_ONCE = 20;
const CUSTOMERS = 500;

const SAMPLE = new URL('../test/fixtures/shopify/orders-paid.json', import.meta.url);
const order: object = JSON.parse(await readFile(SAMPLE, 'utf8'));
const run = Date.now(); // each run has orders of its own

console.log(`${count} of each, ${AT_ONCE} at once, milliseconds`);
console.log(`bare     ${await timed(() => fetch(`${url}/healthz`))}`);
console.log(`webhook  ${await timed((i) => post(paid(i)))}`);

/** An order that is paid just now. */
function paid(i: number): string {
  const email = `bench-${i % CUSTOMERS}@example.com`;
  const at = new Date().toISOString();
  const customer = { id: run + (i % CUSTOMERS), email };
  return JSON.stringify({
    ...order,
    ...{ id: run * 1_000 + i, email, customer, created_at: at, processed_at: at },
  });
}

function post(body: string): Promise<Response> {
  return fetch(`${url}/webhooks/shopify`, {
    ...{ method: 'POST', body },
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/paid',
      'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
    },
  });
}

/** @throws when a request is not answered with success */
async function timed(ask: (i: number) => Promise<Response>): Promise<string> {
  const times: number[] = [];
  const waiting = Array.from({ length: Number(count) }, (_, i) => i).values();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const i of waiting) {
        const asked = performance.now();
        const response = await ask(i);
        const text = await response.text();
        times.push(performance.now() - asked);
        if (!response.ok) throw new Error(`${response.status} ${text}`);
      }
    }),
  );
  const perSecond = Math.round((times.length / (performance.now() - started)) * 1_000);
  return `${spread(times)} · ${perSecond}/s`;
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return `median ${at(0.5)} · 99 % ${at(0.99)} · most ${at(1)}`;
}
