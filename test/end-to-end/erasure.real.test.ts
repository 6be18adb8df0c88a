import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { readConfig } from '../../config.ts';
import { announcements } from '../../data/announcements.ts';
import { eraseAll } from '../../data/erasing.ts';
import { erasures } from '../../data/erasures.ts';
import { webhookMessages } from '../../data/webhook-messages.ts';
import { webhooks } from '../../data/webhooks.ts';
import { keyedHash } from '../../domain/hash.ts';
import { eraseCustomers } from '../../worker/erasing.ts';
import { tell } from '../../worker/tell.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { startEngine } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { wordsOf } from '../support/histories.ts';
import { aLoyalty } from '../support/loyalty.ts';
import { findIn } from '../support/needles.ts';
import { signed } from '../support/payloads.ts';
import { Rapport } from '../support/rapport.ts';
import { aPerson, liveARichLife, needlesOf, type Person } from '../support/rich-life.ts';
import { temporalClient } from '../support/temporal-client.ts';

const PATIENCE = { within: 60_000 };
const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
    aTouch({ name: 'care', after: { days: 20 } }),
    aTouch({ name: 'complaint-received', on: 'complaint', kind: 'service', topic: 'service' }),
  ],
  { loyalty: aLoyalty() },
);
const QUIET = { info: () => {}, warn: () => {} };

let server: GatedServer;
let rapport: Rapport;
let client: Client;
let engine: Awaited<ReturnType<typeof startEngine>>;
const stopping = new AbortController();
let telling: Promise<void>;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.api({ smtpUrl: server.url, playbook: PLAYBOOK });
  const { temporal } = readConfig(rapport.env);
  client = temporalClient(temporal);
  const env = await TestWorkflowEnvironment.createFromExistingServer(temporal);
  engine = await startEngine({ env, smtpUrl: server.url, playbook: PLAYBOOK });
  const events = ['send.settled', 'journey.moved', 'consent.changed'] as const;
  await webhooks.create('http://127.0.0.1:9/', events, Date.now()); // nobody answers: what is told stays
  const deps = { announcements, webhooks, messages: webhookMessages, now: Date.now, log: QUIET };
  telling = tell(deps, stopping.signal);
}, 120_000);
afterAll(async () => {
  stopping.abort();
  await telling;
  await engine?.stop();
  await client?.connection.close();
  await rapport?.stop();
  await server.close();
});

/** Every run of these customers' workflows, from the first on. */
async function runsOf(ids: readonly string[]) {
  const runs: { readonly workflowId: string; readonly runId: string }[] = [];
  for (const id of ids) {
    for await (const run of client.workflow.list({ query: `WorkflowId = "customer:${id}"` })) runs.push(run);
  }
  return runs;
}

/** All that Temporal holds of all runs, as text; what stands in payloads too. */
async function everyHistory(): Promise<string> {
  const texts: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    texts.push(wordsOf({ events: history.events ?? [] }));
  }
  return texts.join('\n');
}

function keyOf(email: string): string {
  return keyedHash('a hash key of the tests', email);
}

/** Has the shop pass on that somebody of this address wants to be erased. */
async function redact(email: string): Promise<unknown> {
  const body = JSON.stringify({ shop_id: 1, customer: { id: 4711, email }, orders_to_redact: [] });
  const signature = signed(body, rapport.env.RAPPORT_SHOPIFY_SECRET);
  const headers = { 'x-shopify-topic': 'customers/redact', 'x-shopify-hmac-sha256': signature };
  return (await fetch(`${rapport.url}/webhooks/shopify`, { method: 'POST', headers, body })).json();
}

async function erased(id: string): Promise<boolean> {
  const { body } = await rapport.ask('GET', `/v1/customers/${id}/erasure`);
  return JSON.stringify(body).includes('"state":"erased"');
}

/** Runs what a worker runs to erase, until somebody is. */
async function eraseUntilDone(id: string): Promise<void> {
  const enough = new AbortController();
  const erasing = eraseCustomers({ client, erasures, eraseAll, calmMs: 300, log: QUIET }, enough.signal);
  await eventually(() => erased(id), PATIENCE);
  enough.abort();
  await erasing;
}

/** The collections that hold any of these texts. */
async function whereIs(texts: readonly string[]): Promise<readonly string[]> {
  const found = (await findIn(texts)).map((one) => one.split(':')[0] ?? '');
  return [...new Set(found)].toSorted();
}

/** That nothing leads to somebody any more but the keyed hashes of their addresses, in suppressions and proof. */
async function expectNothingLeft(person: Person, runs: Awaited<ReturnType<typeof runsOf>>) {
  const { order, ...about } = person;
  expect(await findIn(needlesOf(about))).toEqual([]);
  expect(await whereIs([order])).toEqual(['consentEvents']); // the proof names by what consent was given
  const keys = [person.home, person.work].map(keyOf);
  expect(await whereIs(keys)).toEqual(['consentEvents', 'suppressions']);
  for (const { workflowId, runId } of runs) {
    const history = client.workflow.getHandle(workflowId, runId).fetchHistory();
    await expect(history).rejects.toThrow('NOT_FOUND');
  }
  const histories = await everyHistory();
  for (const text of [...needlesOf(person), ...keys]) expect(histories).not.toContain(text);
}

describe('a customer who is erased', () => {
  it('leaves nothing in any collection, nor in any run of Temporal', async () => {
    const [an, bo] = [aPerson('an'), aPerson('bo')];
    const ids = await liveARichLife(rapport, an);
    const [other] = await liveARichLife(rapport, bo);
    await eventually(async () => (await findIn([`"customerId":"${ids[0]}"`])).some(isMessage), PATIENCE);
    expect(await whereIs([...needlesOf(an), ids[0], keyOf(an.home)])).toEqual(HELD);
    const runs = await runsOf(ids);
    expect(runs.length).toBeGreaterThanOrEqual(2);
    expect(await everyHistory()).toContain(an.order);

    const exported = JSON.stringify(
      (await rapport.ask('GET', `/v1/customers/shop:${an.shopId}/export`)).body,
    );
    for (const needle of needlesOf(an)) expect(exported).toContain(needle);
    for (const needle of needlesOf(bo)) expect(exported).not.toContain(needle);

    const answer = await rapport.ask('DELETE', `/v1/customers/shop:${an.shopId}`);
    expect(answer).toMatchObject({ status: 202, body: { customerId: ids[0], state: 'erasing' } });
    await eraseUntilDone(ids[0]);

    await expectNothingLeft(an, runs);
    expect((await rapport.ask('GET', `/v1/customers/${ids[1]}/journey`)).status).toBe(410);
    expect(await everyHistory()).toContain(bo.order);
    expect(await rapport.status(other)).toBe('RUNNING');
  }, 120_000);

  it('is erased as the shop asked by webhook, by the next worker where one is killed half-way', async () => {
    const cas = aPerson('cas');
    const ids = await liveARichLife(rapport, cas);
    const runs = await runsOf(ids);
    expect(await redact(cas.home)).toMatchObject({ answered: 'erased' });

    expect(await rapport.launch('test/support/dying-eraser.ts').exited).toBe(137);
    expect(await findIn(needlesOf(cas))).not.toEqual([]);
    await eraseUntilDone(ids[0]);

    await expectNothingLeft(cas, runs);
  }, 120_000);
});

/** Where something of a customer stands; `suppressions` come with the erasure. */
const HELD = [
  ...[
    'awaited',
    'complaints',
    'consentEvents',
    'customers',
    'decisions',
    'events',
    'joinRequests',
    'pointEntries',
    'privacyRequests',
    'rehearsals',
    'sends',
    'teamMails',
  ],
  'webhookMessages',
];

function isMessage(found: string): boolean {
  return found.startsWith('webhookMessages:');
}
