import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID, HOUR } from '../support/builders.ts';
import { withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';
import { timeSkipping } from '../support/servers.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkipping();
}, 60_000);
afterAll(() => env?.teardown());

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'thank-you', kind: 'service', after: { hours: 1 } }),
  aTouch({ name: 'good-to-know', after: { days: 5 } }),
]);

describe('a task', () => {
  it('that fails for good is tried three times, then settled as failed, and the journey goes on', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, journey }) => {
      let calls = 0;
      shop.answer = ({ touch }) => {
        if (touch !== 'thank-you') return { kind: 'accepted' };
        calls += 1;
        throw new Error('550 5.1.1 <an@example.com>: no such user');
      };
      await happen(aPurchase(1));
      await sleep(3);
      expect((await journey(CUSTOMER_ID)).agenda.map(({ touch }) => touch)).toEqual(['good-to-know']);
      expect(shop.settled()).toEqual(['thank-you failed(Error)']);
      expect(calls).toBeGreaterThan(3); // each time Temporal retries for its minutes

      await sleep(5);
      expect(shop.settled()).toEqual(['thank-you failed(Error)', 'good-to-know accepted']);
    });
  }, 60_000);

  it('that the server puts off comes again when it said, and what happens meanwhile is heard meanwhile', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, journey }) => {
      shop.answer = ({ touch, due }) =>
        touch === 'thank-you' && shop.sent.length === 0
          ? { kind: 'delayed', until: due + 4 * HOUR, code: 450 }
          : { kind: 'accepted' };
      const { at } = await happen(aPurchase(1));
      await sleep(2 / 24);
      await happen(anEvent({ type: 'delivered', n: 2, data: { orderId: 'o-1' } }));
      await sleep(1 / 24);
      expect((await journey(CUSTOMER_ID)).heard).toBe(2);
      await sleep(1);

      expect(shop.touches()).toEqual(['thank-you delayed', 'thank-you accepted']);
      expect(shop.sent.map(({ due }) => due - at)).toEqual([HOUR, 5 * HOUR]);
    });
  }, 60_000);
});
