import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { workflowBundle } from '../../worker/workflow-bundle.ts';
import { aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { defaultPlaybook } from '../support/default-playbook.ts';
import { eventually } from '../support/eventually.ts';
import { lastRun } from '../support/histories.ts';
import { devServer, withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await devServer();
}, 60_000);
afterAll(() => env?.teardown());

/** A day takes a second: on the dev server time is real. */
const LAPSE = { speed: 86_400, wallStart: Date.now(), logicalStart: Date.now() };

describe('a journey under way', () => {
  it('goes on when the default playbook and a rule have changed: what was decided stands, and is not asked again', async () => {
    const playbook = await defaultPlaybook();
    const shop = new MemoryShop(playbook, LAPSE);
    await withShop(env, shop, async ({ happen, journey, restart }) => {
      await happen(aPurchase(1));
      await eventually(async () => (await journey(CUSTOMER_ID)).seq === 2); // thanked, and waiting
      expect(shop.touches()).toEqual(['thank-you accepted']);
      const { runId, events } = await lastRun(env, CUSTOMER_ID);

      const letter = aTouch({ name: 'letter', on: 'delivered', kind: 'service' });
      shop.playbook = { ...playbook, version: 2, touches: [letter] };
      const asked: number[] = [];
      shop.around = async (situation, decide) => {
        asked.push(situation.journey.seq);
        const { journey, next } = await decide(situation);
        return {
          journey,
          next: next.task ? { ...next, task: { ...next.task, occasion: 'by-another-rule' } } : next,
        };
      };
      const { seq } = await journey(CUSTOMER_ID);
      await restart(); // the new worker has to replay all that the old one did
      await happen({ ...aPurchase(2), type: 'delivered', data: { orderId: 'o-1' } });
      await eventually(() => shop.sent.length > 1);

      expect(shop.sent.at(-1)).toMatchObject({ touch: 'letter', occasion: 'by-another-rule' });
      expect(Math.min(...asked)).toBe(seq);
      const after = await lastRun(env, CUSTOMER_ID);
      expect(after.runId).toBe(runId);
      expect(after.events.slice(0, events.length)).toEqual(events);
    });
  }, 60_000);

  it('holds no rule in its workflow: what the workflows are bundled of is Temporal and themselves', async () => {
    const { code } = await workflowBundle();
    const sources = code.match(
      /sourceMappingURL=data:application\/json;charset=utf-8;base64,([\w+/=]+)/,
    )?.[1];
    const map: { readonly sources: readonly string[] } = JSON.parse(
      Buffer.from(sources ?? '', 'base64').toString(),
    );

    expect(map.sources.some((source) => source.includes('workflows/live-through.ts'))).toBe(true);
    expect(map.sources.filter((source) => /(domain|data|activities|luxon|sift|zod)\//.test(source))).toEqual(
      [],
    );
  });
});
