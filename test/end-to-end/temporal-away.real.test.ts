import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { BINARIES, findBinary } from '../../servers/binaries.ts';
import { startTemporal, type TemporalServer } from '../../servers/temporal.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { Rapport } from '../support/rapport.ts';

const CUSTOMERS = 20;
const EVENTS_EACH = 10;
const PATIENCE = { within: 90_000 };
const PLAYBOOK = aPlaybook([aTouch({ name: 'thank-you', kind: 'service', topic: 'service' })]);

let dir = '';
let temporal: TemporalServer;
let smtp: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  dir = await aDataFolder();
  [temporal, smtp] = [await startOn({}), await new GatedServer().listen()];
  const { address } = temporal;
  const options = { smtpUrl: smtp.url, playbook: PLAYBOOK, temporal: { address, namespace: 'default' } };
  rapport = await Rapport.start(options);
}, 120_000);
afterAll(async () => {
  await rapport?.stop();
  await Promise.all([temporal?.running.kill(), smtp.close()]);
});

/** Starts Temporal on this test's data. */
async function startOn(ports: { readonly temporal?: number }): Promise<TemporalServer> {
  return startTemporal({ temporal: await findBinary(BINARIES.temporal), dir, headless: true, ports });
}

/** The i-th event of a customer: the first is a sign-up, the second a purchase. */
function anEvent(customer: number, i: number): object {
  const type = ['sign-up', 'purchase'][i] ?? 'profile';
  const order = { orderId: `o-${customer}`, total: 1466, currency: 'EUR' };
  const data = { 'sign-up': {}, purchase: order, profile: { answers: { [`q-${i}`]: 'yes' } } }[type];
  const told = { id: `c-${customer}`, email: `c-${customer}@example.com` };
  return { id: `e-${customer}-${i}`, source: 'shop', type, at: new Date(), customer: told, data };
}

const everyone = Array.from({ length: CUSTOMERS }, (_, customer) => customer);

function readiness() {
  return rapport.ask('GET', '/readyz');
}

describe('with Temporal down', () => {
  it('the API keeps accepting, and the relay delivers all of it, once and in order, when it is back', async () => {
    const half = everyone.filter((customer) => customer % 2 === 0);
    const first = await rapport.post(...half.map((customer) => anEvent(customer, 0)));
    for (const { customerId } of first) await eventually(() => rapport.hasHeardAll(customerId), PATIENCE);
    expect(await readiness()).toMatchObject({ status: 200 });

    await temporal.running.kill();
    const all = everyone.flatMap((customer) =>
      Array.from({ length: EVENTS_EACH }, (_, i) => anEvent(customer, i)),
    );
    const some = all.filter((_, i) => i % 3 === 0);
    const posts = [...all, ...some, ...some].map((event) => rapport.post(event));
    const receipts = (await Promise.all(posts)).flat();
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(all.length - half.length);
    expect(await readiness()).toMatchObject({ status: 503, body: { away: ['temporal'] } });
    expect(await rapport.ask('GET', '/healthz')).toMatchObject({ status: 200 });

    temporal = await startOn(temporal.ports);
    const ids = [...new Set(receipts.map(({ customerId }) => customerId))];
    expect(ids).toHaveLength(CUSTOMERS);
    for (const id of ids) await eventually(() => rapport.hasHeardAll(id), PATIENCE);
    await eventually(() => smtp.messages.length === CUSTOMERS, PATIENCE);
    for (const id of ids) {
      const posted = (await events.between(id, 0, Infinity)).map((event) => event.id);
      expect(posted).toHaveLength(EVENTS_EACH);
      expect(await rapport.heard(id)).toEqual(posted);
      await eventually(async () => (await rapport.journey(id)).agenda.length === 0, PATIENCE);
      expect(await rapport.journey(id)).toEqual((await customers.byId(id))?.journey);
    }
    await eventually(async () => (await readiness()).status === 200, PATIENCE);
  }, 240_000);
});
