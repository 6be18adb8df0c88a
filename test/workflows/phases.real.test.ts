import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { runsOf } from '../support/histories.ts';
import { withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';
import { timeSkipping } from '../support/servers.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkipping();
}, 60_000);
afterAll(() => env?.teardown());

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { hours: 1 } }),
  aTouch({ name: 'thank-you', after: { hours: 1 }, kind: 'service' }),
  aTouch({ name: 'good-to-know', on: 'entering', phase: 'getting-acquainted', after: { days: 5 } }),
  aTouch({ name: 'ambassador-invitation', on: 'entering', phase: 'ambassador', after: { days: 1 } }),
]);

describe('the four phases', () => {
  it('carry a customer from the first contact to ambassador', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, journey, sleep }) => {
      await happen(anEvent({ type: 'sign-up', n: 1 }));
      await sleep(2);
      expect((await journey(CUSTOMER_ID)).phase).toBe('first-contact');
      await happen(aPurchase(2));
      await sleep(7);
      await happen(aPurchase(3));
      await sleep(1);
      expect((await journey(CUSTOMER_ID)).phase).toBe('relationship');
      await happen(anEvent({ type: 'feedback', n: 4, data: { question: 'nps', score: 10 } }));
      await sleep(3);

      expect((await journey(CUSTOMER_ID)).phase).toBe('ambassador');
      expect(shop.customer(CUSTOMER_ID).journey).toEqual(await journey(CUSTOMER_ID));
      expect(shop.sent.map(({ touch, outcome }) => `${touch} ${outcome.kind}`)).toEqual([
        'welcome accepted',
        'thank-you accepted',
        'good-to-know accepted',
        'thank-you accepted',
        'ambassador-invitation accepted',
      ]);
    });
  }, 60_000);

  it('sleeps through 95 days in four runs, and then hears an event', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, journey, sleep }) => {
      await happen(anEvent({ type: 'sign-up', n: 1 }));
      await sleep(95);
      await happen(aPurchase(2));
      await sleep(1);

      const runs = await runsOf(env, CUSTOMER_ID);
      expect(runs.map(({ type }) => type)).toEqual([
        ...['firstContact', 'firstContact', 'firstContact', 'firstContact'],
        'gettingAcquainted',
      ]);
      expect(await journey(CUSTOMER_ID)).toMatchObject({ phase: 'getting-acquainted', heard: 2 });
      expect(shop.sent.map(({ touch }) => touch)).toEqual(['welcome', 'thank-you']);
    });
  }, 60_000);
});
