import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { sending } from '../../data/sending.ts';
import { sends } from '../../data/sends.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { Rapport } from '../support/rapport.ts';
import { somebody } from '../support/shop.ts';

/** A minute, the least that a journey waits for, takes a second. */
const SPEED = 60;
const MINUTE = 60_000;
const PATIENCE = { within: 60_000 };

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'good-to-know', on: 'sign-up' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);

/** Mails that may have their first byte on the wire when mail is stopped: one a connection of the worker. */
const CONNECTIONS = 4;
const PEOPLE = 24;
/** On the wall. */
const SPREAD_MS = 6_000;

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  server.slowMs = 150;
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: PLAYBOOK, speed: SPEED });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

/** People who sign up now, and are to get `good-to-know` at once. */
async function signUps(count: number): Promise<readonly string[]> {
  const events = Array.from({ length: count }, () => {
    const customer = somebody();
    const about = { source: 'shop', type: 'sign-up', at: new Date(rapport.now()), data: {} };
    return { id: `s-${customer.id}`, ...about, customer, consent: [{ topic: 'news', basis: 'consent' }] };
  });
  return (await rapport.post(...events)).map(({ customerId }) => customerId);
}

/** How many mails are planned for one minute at most. */
async function busiestMinute(ids: readonly string[], since: number): Promise<number> {
  const dues = (await Promise.all(ids.map((id) => sends.ofCustomer(id, 1)))).flat().map(({ due }) => due);
  const perMinute = Map.groupBy(
    dues.filter((due) => due >= since),
    (due) => Math.floor((due - since) / MINUTE),
  );
  return Math.max(...[...perMinute.values()].map(({ length }) => length));
}

const whoWaits = async (ids: readonly string[]) => {
  const found = await Promise.all(ids.map((id) => customers.byId(id)));
  return found.filter((customer) => customer?.journey?.stopped).length;
};

describe('stop-mail, during a run', () => {
  it('lets no mail leave any more, and start-mail lets all of it go without a burst, once each', async () => {
    const early = await signUps(PEOPLE);
    await eventually(() => server.messages.length >= 5, PATIENCE);
    const stopped = await rapport.ask('POST', '/v1/sending/stop', { because: 'a wrong price' });
    const left = server.messages.length;
    const late = await signUps(3);
    const all = [...early, ...late];
    await eventually(async () => (await whoWaits(all)) + server.messages.length === all.length, PATIENCE);
    const leftAfter = server.messages.length - left;

    expect(stopped.body).toMatchObject({ stopped: 'all', by: 'api', because: 'a wrong price' });
    expect(leftAfter).toBeLessThanOrEqual(CONNECTIONS);
    await sleep(500);
    expect(server.messages.length).toBe(left + leftAfter);

    const started = rapport.now();
    await sending.start(SPREAD_MS, { by: 'test', at: new Date() });
    await eventually(() => server.messages.length === all.length, PATIENCE);
    await eventually(async () => (await sending.waiting()) === 0, PATIENCE);

    const waited = all.length - left - leftAfter;
    const to = server.messages.map((message) => /^To: (.*)$/m.exec(message)?.[1]);
    expect(new Set(to).size).toBe(all.length);
    expect(await busiestMinute(all, started)).toBeLessThan(0.45 * waited);
  }, 120_000);
});
