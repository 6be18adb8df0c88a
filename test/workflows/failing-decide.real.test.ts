import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { lastRun, runsOf, wordsOf } from '../support/histories.ts';
import { devServer, withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await devServer();
}, 60_000);
afterAll(() => env?.teardown());

const ADDRESS = 'an@example.com';
const PLAYBOOK = aPlaybook([aTouch({ name: 'thank-you', kind: 'service' })]);

/** What MongoDB says of a second document with the same key: it quotes it. */
class MongoServerError extends Error {
  override readonly name = 'MongoServerError';

  constructor() {
    super(`E11000 duplicate key error collection: rapport.customers dup key: { email: "${ADDRESS}" }`);
  }
}

describe('a decide that fails', () => {
  it('is asked again until MongoDB is back; all is heard once, and nothing it quoted is in a history', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, journey }) => {
      await happen(anEvent({ type: 'sign-up', n: 1 }));
      await eventually(async () => (await journey(CUSTOMER_ID)).heard === 1);
      let failures = 0;
      shop.around = (situation, decide) => {
        failures += 1;
        if (failures <= 2) throw new MongoServerError();
        return decide(situation);
      };
      await happen(aPurchase(2));
      await eventually(() => shop.sent.length > 0);
      await eventually(async () => (await journey(CUSTOMER_ID)).agenda.length === 0);

      expect(shop.touches()).toEqual(['thank-you accepted']);
      expect(await journey(CUSTOMER_ID)).toEqual(shop.customer(CUSTOMER_ID).journey);
      const words = (await runsOf(env, CUSTOMER_ID)).map(wordsOf).join('\n');
      expect(words).toContain('MongoServerError');
      expect(words).not.toContain(ADDRESS);
    });
  }, 60_000);

  it('has written before its worker was killed: what it heard, and what came meanwhile, is heard once', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, journey }) => {
      await happen(anEvent({ type: 'sign-up', n: 1 }));
      await eventually(async () => (await journey(CUSTOMER_ID)).heard === 1);
      let killed = false;
      shop.around = async (situation, decide) => {
        const answer = await decide(situation);
        if (killed) return answer;
        killed = true;
        await happen(aPurchase(3));
        throw new Error('the worker was killed');
      };
      await happen(aPurchase(2));
      await eventually(() => shop.sent.length === 2);
      await eventually(async () => (await journey(CUSTOMER_ID)).agenda.length === 0);

      expect(shop.sent.map(({ occasion }) => occasion)).toEqual(['o-2', 'o-3']);
      expect(await journey(CUSTOMER_ID)).toMatchObject({ heard: 3, counters: { 'thank-you': { count: 2 } } });
      expect(await journey(CUSTOMER_ID)).toEqual(shop.customer(CUSTOMER_ID).journey);
    });
  }, 60_000);

  it('for a bug waits for the worker that has it fixed, and its history does not grow meanwhile', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, journey, restart }) => {
      await happen(anEvent({ type: 'sign-up', n: 1 }));
      await eventually(async () => (await journey(CUSTOMER_ID)).heard === 1);
      let asked = 0;
      shop.around = () => {
        asked += 1;
        throw new TypeError('undefined is not a rule');
      };
      await happen(aPurchase(2));
      await eventually(() => asked >= 2);
      const before = (await lastRun(env, CUSTOMER_ID)).events.length;
      await sleep(17_000); // twice as long as a workflow task lives without a heartbeat
      expect(asked).toBeGreaterThan(2);
      expect((await lastRun(env, CUSTOMER_ID)).events.length).toBeLessThanOrEqual(before + 3);

      shop.around = (situation, decide) => decide(situation);
      await restart();
      await eventually(() => shop.sent.length > 0, { within: 30_000 });

      expect(shop.touches()).toEqual(['thank-you accepted']);
      expect(await journey(CUSTOMER_ID)).toMatchObject({ phase: 'getting-acquainted', heard: 2 });
    });
  }, 90_000);
});
