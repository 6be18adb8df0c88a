import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ulid } from 'ulid';
import type { HandOver } from '../../data/outbox.ts';
import { relay } from '../../worker/relay.ts';
import { aCustomer, aPlaybook, aPurchase, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { lastRun, wordsOf } from '../support/histories.ts';
import { devServer } from '../support/journeys.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await devServer();
}, 60_000);
afterAll(() => env?.teardown());

const PLAYBOOK = aPlaybook([aTouch({ name: 'card', on: 'sent-a-card' })]);

/** What one customer's workflow is to be told: of a purchase, unless a test says otherwise. */
function aHandOver(handOver: Partial<HandOver> = {}): HandOver {
  const events = [{ n: 1, type: 'purchase', at: 0 }];
  return { customerId: ulid(), from: 0, upTo: 1, erased: false, wakes: false, events, ...handOver };
}

/** Relays until all is delivered. No worker is there: what Temporal has is what was told. */
async function relayed(...handOvers: readonly HandOver[]): Promise<readonly string[]> {
  const waiting = [...handOvers];
  const delivered: string[] = [];
  const stop = new AbortController();
  const outbox = {
    lease: async () => waiting.splice(0),
    delivered: async ({ customerId, upTo }: Pick<HandOver, 'customerId' | 'upTo'>) => {
      delivered.push(`${customerId} ${upTo}`);
    },
    release: async () => {},
    leaseBackground: async () => [],
    unheard: async () => 0,
  };
  const customers = { byId: async () => aCustomer([aPurchase(1)]) };
  const log = { warn: () => {} };
  const playbook = async () => PLAYBOOK;
  const running = relay(
    { outbox, customers, playbook, client: env.client, taskQueue: 'nobody', log },
    stop.signal,
  );
  await eventually(() => delivered.length === handOvers.length);
  stop.abort();
  await running;
  return delivered;
}

/** The workflow type a customer's run was started as, or nothing where there is no run. */
async function typeOf({ customerId }: HandOver): Promise<string | undefined> {
  const handle = env.client.workflow.getHandle(`customer:${customerId}`);
  return handle.describe().then(
    ({ type }) => type,
    () => undefined,
  );
}

describe('relay', () => {
  it('starts a journey in the phase that the first event implies, and goes on in the stored one', async () => {
    const first = aHandOver();
    const later = aHandOver({ phase: 'ambassador' });

    await relayed(first, later);

    expect([await typeOf(first), await typeOf(later)]).toEqual(['gettingAcquainted', 'ambassador']);
  });

  it('wakes nobody for what no rule listens to, and drops what comes for the erased', async () => {
    const seen = aHandOver({ events: [{ n: 1, type: 'looked-around', at: 0 }] });
    const listened = aHandOver({ events: [{ n: 1, type: 'sent-a-card', at: 0 }] });
    const erased = aHandOver({ erased: true });
    const merged = aHandOver({ mergedInto: ulid(), events: [] });
    const woken = aHandOver({ wakes: true, phase: 'relationship', events: [] }); // by a newer playbook
    const all = [seen, listened, erased, merged, woken];

    const delivered = await relayed(...all);

    expect(delivered.toSorted()).toEqual(all.map(({ customerId }) => `${customerId} 1`).toSorted());
    const told = await Promise.all(all.map(async (one) => (await typeOf(one)) !== undefined));
    expect(told).toEqual([false, true, false, true, true]);
  });

  it('names the newest events of a long history: the journey reads them all from MongoDB', async () => {
    const events = Array.from({ length: 500 }, (_, i) => ({ n: i + 1, type: 'purchase', at: i }));
    const long = aHandOver({ events, upTo: 500 });

    await relayed(long);

    const words = wordsOf(await lastRun(env, long.customerId));
    expect(words).toContain('"upTo":500');
    expect(words.match(/"type":"purchase"/g)).toHaveLength(20);
  });
});
