import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { kindOf, lastRun } from '../support/histories.ts';
import { devServer, type LivingShop, withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await devServer();
}, 60_000);
afterAll(() => env?.teardown());

/** A day takes half a second: on the dev server time is real. */
const LAPSE = { speed: 172_800, wallStart: Date.now(), logicalStart: Date.now() };

/** The most history events that a touch may cost, and a purchase that only plans: Temporal's price of everything. */
const PER_TOUCH = 12;
const PER_PURCHASE = 7;
const PER_PURCHASE_SAME_MOMENT = 5;

describe('the history of a journey', () => {
  it(`grows by ${PER_TOUCH} events a touch`, async () => {
    const touches = [2, 4, 6, 8].map((days) => aTouch({ name: `after-${days}-days`, after: { days } }));
    await withShop(env, new MemoryShop(aPlaybook(touches), LAPSE), async (living) => {
      await aRelationship(living);
      await eventually(() => living.shop.sent.length === 8, { within: 20_000 });
      await eventually(() => living.shop.customer(CUSTOMER_ID).journey?.agenda.length === 0);

      const kinds = (await lastRun(env, CUSTOMER_ID)).events.map(kindOf);
      const done = kinds.flatMap((kind, i) => (kind === 'activityTaskCompleted' ? [i] : []));
      const costs = done.slice(1).map((at, i) => at - (done[i] ?? 0));
      expect(costs.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...costs)).toBeLessThanOrEqual(PER_TOUCH);
    });
  }, 60_000);

  it(`grows by ${PER_PURCHASE} events a purchase that only plans, by ${PER_PURCHASE_SAME_MOMENT} if the next moment stays`, async () => {
    const touches = [
      aTouch({ name: 'later', after: { days: 200 } }),
      aTouch({ name: 'sooner', after: { days: 100 } }),
    ];
    const playbook = aPlaybook(touches, { lapseAfter: { days: 50 } });
    await withShop(env, new MemoryShop(playbook, LAPSE), async (living) => {
      await aRelationship(living);
      const sizes = [await sizeOf(living, 2)];
      await living.happen(aPurchase(3)); // the lapse moves away: another moment
      sizes.push(await sizeOf(living, 3));
      living.shop.playbook = { ...playbook, lapseAfter: { days: 300 } };
      await living.happen(aPurchase(4));
      sizes.push(await sizeOf(living, 4));
      await living.happen(aPurchase(5)); // the first touch stays the next moment
      sizes.push(await sizeOf(living, 5));

      const [one = 0, two = 0, three = 0, four = 0] = sizes;
      expect(two - one).toBeLessThanOrEqual(PER_PURCHASE);
      expect(three - two).toBeLessThanOrEqual(PER_PURCHASE);
      expect(four - three).toBeLessThanOrEqual(PER_PURCHASE_SAME_MOMENT);
      expect(living.shop.sent).toEqual([]);
    });
  }, 60_000);
});

/** Two purchases on two days: from here on the phase stays. */
async function aRelationship({ shop, happen, sleep }: LivingShop): Promise<void> {
  await happen(aPurchase(1));
  await sleep(1);
  await happen(aPurchase(2));
  await eventually(() => shop.customer(CUSTOMER_ID).journey?.phase === 'relationship');
}

// Nothing here queries the workflow: a query that meets a `decide` costs a workflow task, as an operator's may.

/** Kinds of events that a workflow task is still to answer. */
const UNANSWERED = ['workflowExecutionSignaled', 'workflowTaskScheduled', 'workflowTaskStarted'];

/** How long the history is, once an event has been heard and the workflow rests. */
async function sizeOf({ shop }: LivingShop, heard: number): Promise<number> {
  await eventually(() => shop.customer(CUSTOMER_ID).journey?.heard === heard);
  let kinds: string[] = [];
  await eventually(async () => {
    kinds = (await lastRun(env, CUSTOMER_ID)).events.map(kindOf);
    return !UNANSWERED.includes(kinds.at(-1) ?? '');
  });
  return kinds.length;
}
