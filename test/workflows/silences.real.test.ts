import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { RELEASE_SPREAD_MS } from '../../domain/release.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID, DAY } from '../support/builders.ts';
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
    aTouch({ name: 'thank-you', kind: 'service', after: { hours: 1 } }),
    aTouch({ name: 'good-to-know', after: { days: 5 }, priority: 80 }),
    aTouch({ name: 'more-to-know', after: { days: 6 }, priority: 20 }),
  ],
  { contact: { caps: [{ max: 1, days: 2 }] } },
);

describe('what silences marketing', () => {
  it('is a pause without an end, until it is resumed; then it comes without a burst', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, journey }) => {
      await happen(aPurchase(1));
      await sleep(1);
      await happen(anEvent({ type: 'pause', n: 2 }));
      await sleep(30);
      expect(shop.touches()).toEqual(['thank-you accepted']);
      expect((await journey(CUSTOMER_ID)).agenda.map(({ waits }) => waits)).toEqual([true, true]);

      const { at } = await happen(anEvent({ type: 'resume', n: 3 }));
      await sleep(10);

      expect(shop.touches().slice(1)).toEqual(['good-to-know accepted', 'more-to-know accepted']);
      expect(shop.sent.slice(1).map(({ due }) => Math.floor((due - at) / DAY))).toEqual([0, 1]);
    });
  }, 60_000);

  it('is a pause with an end, and nobody needs to resume it', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, now }) => {
      await happen(aPurchase(1));
      const until = (await now()) + 20 * DAY;
      await happen(anEvent({ type: 'pause', n: 2, data: { until } }));
      await sleep(30);

      expect(shop.touches()).toEqual([
        'thank-you accepted',
        'good-to-know accepted',
        'more-to-know accepted',
      ]);
      const late = (shop.sent[1]?.due ?? 0) - until; // each customer's at a moment of its own in the first hour
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(RELEASE_SPREAD_MS);
    });
  }, 60_000);

  it('is an open complaint; service mail passes, and a resolution lifts it', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep }) => {
      await happen(aPurchase(1));
      await sleep(1);
      await happen(anEvent({ type: 'complaint', n: 2, data: { text: 'scratched' } }));
      await happen(aPurchase(3));
      await sleep(30);
      expect(shop.touches()).toEqual(['thank-you accepted', 'thank-you accepted']);

      await happen(anEvent({ type: 'complaint-resolved', n: 4 }));
      await sleep(30);

      expect(shop.sent.slice(2).map(({ touch, occasion }) => `${touch} ${occasion}`)).toEqual([
        'good-to-know o-1',
        'good-to-know o-3',
        'more-to-know o-1',
        'more-to-know o-3',
      ]);
    });
  }, 60_000);

  it('is a complaint that comes while a mail is on its way out: what was answered first wins', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep }) => {
      shop.answer = async ({ touch }) => {
        if (touch === 'thank-you') await happen(anEvent({ type: 'complaint', n: 2, data: { text: 'late' } }));
        return { kind: 'accepted' };
      };
      await happen(aPurchase(1));
      await sleep(40);

      expect(shop.touches()).toEqual(['thank-you accepted']);
    });
  }, 60_000);
});
