import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';
import { timeSkipping } from '../support/servers.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkipping();
}, 60_000);
afterAll(() => env?.teardown());

const OTHER = '01JX0000000000000000000002';

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { hours: 1 } }),
  aTouch({ name: 'thank-you', kind: 'service', after: { hours: 1 } }),
  aTouch({ name: 'good-to-know', after: { days: 5 } }),
  aTouch({ name: 'about-us', on: 'entering', phase: 'relationship', after: { days: 6 } }),
]);

describe('a journey', () => {
  it('is moved by a marketer, without the touches of those who enter by themselves', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, journey }) => {
      await happen(aPurchase(1));
      await happen(anEvent({ type: 'move', n: 2, data: { to: 'relationship' } }));
      await sleep(10);

      expect((await journey(CUSTOMER_ID)).phase).toBe('relationship');
      expect(shop.touches()).toEqual(['thank-you accepted', 'good-to-know accepted']);
    });
  }, 60_000);

  it('is ended by a marketer: nothing comes any more, until the customer buys again', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, status, journey }) => {
      await happen(aPurchase(1));
      await sleep(1);
      await happen(anEvent({ type: 'end', n: 2 }));
      await sleep(30);
      expect(await status(CUSTOMER_ID)).toBe('COMPLETED');
      await happen(anEvent({ type: 'delivered', n: 3, data: { orderId: 'o-1' } }));
      await sleep(1);
      expect(await status(CUSTOMER_ID)).toBe('COMPLETED');
      expect(shop.touches()).toEqual(['thank-you accepted']);

      await happen(aPurchase(4));
      await sleep(10);

      expect(await status(CUSTOMER_ID)).toBe('RUNNING');
      expect(await journey(CUSTOMER_ID)).toMatchObject({ phase: 'relationship', heard: 4 });
      expect(shop.touches().slice(1)).toEqual([
        'thank-you accepted',
        'good-to-know accepted',
        'about-us accepted',
      ]);
    });
  }, 60_000);

  it('of a customer who was merged ends; the other goes on with what both are known for', async () => {
    await withShop(
      env,
      new MemoryShop(PLAYBOOK),
      async ({ shop, happen, sleep, tell, status, journey, now }) => {
        await happen(aPurchase(1));
        await happen({ ...aPurchase(1), id: 'shop/other', customerId: OTHER, data: { orderId: 'o-9' } });
        await sleep(2);
        const merged = shop.merge(CUSTOMER_ID, OTHER, await now());
        await tell({ ...merged, customerId: OTHER });
        await tell(merged);
        await sleep(10);

        expect(await status(OTHER)).toBe('COMPLETED');
        expect(await journey(CUSTOMER_ID)).toMatchObject({ heard: 3, phase: 'getting-acquainted' });
        expect(shop.customer(CUSTOMER_ID).known.orders).toHaveLength(2);
        expect(
          shop.sent
            .map(({ customerId, touch }) => `${customerId === OTHER ? 'other' : 'one'} ${touch}`)
            .toSorted(),
        ).toEqual(['one good-to-know', 'one thank-you', 'other thank-you']);
      },
    );
  }, 60_000);

  it('of a customer who was erased ends with the next thing it hears', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, status }) => {
      await happen(aPurchase(1));
      await sleep(1);
      shop.change(CUSTOMER_ID, { erased: true });
      await sleep(10);

      expect(shop.touches()).toEqual(['thank-you accepted', 'good-to-know skipped(erased)']);
      expect(await status(CUSTOMER_ID)).toBe('COMPLETED');
    });
  }, 60_000);

  it('hears what became of a mail although the phase has changed meanwhile', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async ({ shop, happen, sleep, journey }) => {
      shop.answer = async ({ touch }) => {
        if (touch === 'welcome') await happen(aPurchase(2));
        return { kind: 'accepted' };
      };
      await happen(anEvent({ type: 'sign-up', n: 1 }));
      await sleep(3);

      expect(shop.touches()).toEqual(['welcome accepted', 'thank-you accepted']);
      expect(await journey(CUSTOMER_ID)).toMatchObject({ phase: 'getting-acquainted', heard: 2 });
      const settled = [...shop.decisions.values()].flatMap(({ changes }) =>
        changes.filter(({ kind }) => kind === 'settled'),
      );
      expect(settled).toHaveLength(2);
    });
  }, 60_000);
});
