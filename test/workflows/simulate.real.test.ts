import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { simulate } from '../../domain/simulate.ts';
import { expectAgreement } from '../support/agreement.ts';
import { DAY } from '../support/builders.ts';
import { defaultPlaybook } from '../support/default-playbook.ts';
import { withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';
import { timeSkipping } from '../support/servers.ts';
import { aYear, YEAR } from '../support/years.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkipping();
}, 60_000);
afterAll(() => env?.teardown());

describe('simulate', () => {
  it('comes to the same touches as workflow, decide and policy, for five customers over a year', async () => {
    const playbook = await defaultPlaybook();
    const year = aYear();
    await withShop(env, new MemoryShop(playbook), async ({ shop, happen, sleep, now }) => {
      const start = await now();
      for (const { day, event } of year) {
        await sleep(day - ((await now()) - start) / DAY);
        await happen(event);
      }
      await sleep(YEAR - ((await now()) - start) / DAY);

      const until = await now();
      for (const id of shop.customerIds()) {
        const { touches } = simulate(shop.eventsOf(id), playbook, until);
        const lived = shop.sent.filter(({ customerId }) => customerId === id);
        expect(lived).toEqual(touches);
      }
    });
  }, 240_000);

  it('comes to the same touches for twenty customers of CDNOW over eighteen months', async () => {
    expect(await expectAgreement(env, 20)).toBeGreaterThan(100);
  }, 240_000);
});
