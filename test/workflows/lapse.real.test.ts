import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { aPlaybook, aPurchase, aTouch, CUSTOMER_ID, DAY } from '../support/builders.ts';
import { withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';
import { timeSkipping } from '../support/servers.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkipping();
}, 60_000);
afterAll(() => env?.teardown());

const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'win-back', on: 'lapse', after: { days: 5 } }),
    aTouch({ name: 'now-and-then', on: 'every', every: { days: 50 } }),
    aTouch({ name: 'good-to-see-you', on: 'comeback', after: { days: 1 } }),
  ],
  { lapseAfter: { days: 120 } },
);

describe('a customer who falls silent', () => {
  it('is won back once, then left to rest, and welcomed when they come back', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, journey }) => {
      const { at } = await happen(aPurchase(1));
      await sleep(300);

      expect(shop.sent.map(({ touch, due }) => `${touch} ${Math.round((due - at) / DAY)}`)).toEqual([
        'now-and-then 50',
        'now-and-then 100',
        'win-back 125',
      ]);
      expect(await journey(CUSTOMER_ID)).toMatchObject({ phase: 'getting-acquainted', resting: true });
      const back = await happen(aPurchase(2));
      await sleep(3);

      const journeyNow = await journey(CUSTOMER_ID);
      expect(journeyNow.resting).toBeUndefined();
      expect(journeyNow.lapsed).toBeUndefined();
      expect(
        shop.sent.slice(3).map(({ touch, due }) => `${touch} ${Math.round((due - back.at) / DAY)}`),
      ).toEqual(['now-and-then 0', 'good-to-see-you 1']);
    });
  }, 60_000);
});
