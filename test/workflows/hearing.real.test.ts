import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { WORKFLOW_OF } from '../../workflows/messages.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { runsOf } from '../support/histories.ts';
import { devServer, type LivingShop, withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await devServer();
}, 60_000);
afterAll(() => env?.teardown());

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'thank-you', kind: 'service' }),
  aTouch({ name: 'thanks-for-telling', on: 'feedback', kind: 'service' }),
]);

const feedback = (n: number) => anEvent({ type: 'feedback', n, data: { question: 'product', score: 7 } });

describe('a signal', () => {
  it('that lands during a decide that passes on is heard once, by the next phase', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async (living) => {
      const { shop, happen } = living;
      await anAcquaintance(living);
      const asked: number[] = [];
      shop.around = async (situation, decide) => {
        const answer = await decide(situation);
        asked.push(situation.journey.seq);
        if (asked.length === 1) await happen(feedback(3));
        return answer;
      };
      await happen(aPurchase(2));

      await expectHeardOnce(living);
      expect(asked.slice(0, 2)).toEqual([1, 1]); // its first answer was not taken
    });
  }, 60_000);

  it('whose event that decide had already read is a repeat', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async (living) => {
      const { shop, happen, tell } = living;
      await anAcquaintance(living);
      let asked = 0;
      shop.around = async (situation, decide) => {
        asked += 1;
        if (asked > 1) return decide(situation);
        const received = shop.receive(feedback(3));
        const answer = await decide(situation);
        await tell(received);
        return answer;
      };
      await happen(aPurchase(2));

      await expectHeardOnce(living);
    });
  }, 60_000);

  it('that is delivered again after later ones changes nothing', async () => {
    await withShop(env, new MemoryShop(PLAYBOOK), async (living) => {
      const { happen, tell, journey } = living;
      await anAcquaintance(living);
      const purchase = await happen(aPurchase(2));
      await happen(feedback(3));
      await expectHeardOnce(living);
      const { seq } = await journey(CUSTOMER_ID);

      await tell(purchase);
      await eventually(async () => (await journey(CUSTOMER_ID)).seq > seq);

      await expectHeardOnce(living);
    });
  }, 60_000);

  it.each(['cancel', 'terminate'] as const)(
    'after a %s of the run takes up the journey',
    async (stop) => {
      const later = aPlaybook([...PLAYBOOK.touches, aTouch({ name: 'good-to-know', after: { days: 5 } })]);
      await withShop(env, new MemoryShop(later), async ({ shop, happen, journey, status }) => {
        await happen(aPurchase(1));
        await eventually(
          async () => (await journey(CUSTOMER_ID)).agenda.length === 1 && shop.sent.length === 1,
        );
        const before = await journey(CUSTOMER_ID);
        await env.client.workflow.getHandle(`customer:${CUSTOMER_ID}`)[stop]();
        await eventually(async () => (await status(CUSTOMER_ID)) !== 'RUNNING');

        await happen(feedback(2));
        await eventually(
          async () => shop.sent.length === 2 && (await journey(CUSTOMER_ID)).agenda.length === 1,
        );

        const after = await journey(CUSTOMER_ID);
        expect(after).toMatchObject({ agenda: before.agenda, since: before.since, heard: 2 });
        expect(after.seq).toBeGreaterThan(before.seq);
        expect(after).toEqual(shop.customer(CUSTOMER_ID).journey);
        expect(shop.touches()).toEqual(['thank-you accepted', 'thanks-for-telling accepted']);
      });
    },
    60_000,
  );
});

async function anAcquaintance({ happen, journey }: LivingShop): Promise<void> {
  await happen(anEvent({ type: 'sign-up', n: 1 }));
  await eventually(async () => (await journey(CUSTOMER_ID)).heard === 1);
}

async function expectHeardOnce({ shop, journey }: LivingShop): Promise<void> {
  await eventually(async () => shop.sent.length >= 2 && (await journey(CUSTOMER_ID)).agenda.length === 0);

  const carried = await journey(CUSTOMER_ID);
  expect(carried).toMatchObject({ phase: 'getting-acquainted', heard: 3 });
  expect(carried).toEqual(shop.customer(CUSTOMER_ID).journey);
  expect(shop.touches().toSorted()).toEqual(['thank-you accepted', 'thanks-for-telling accepted']);
  expect(Object.values(carried.counters).map(({ count }) => count)).toEqual([1, 1]);
  const types = (await runsOf(env, CUSTOMER_ID)).map(({ type }) => type);
  expect(types).toEqual([WORKFLOW_OF['first-contact'], WORKFLOW_OF['getting-acquainted']]);
}
