import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Playbook } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { simulate } from '../../domain/simulate.ts';
import { DAY } from '../support/builders.ts';
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
  }, 120_000);
});

async function defaultPlaybook(): Promise<Playbook> {
  const text = await readFile(new URL('../../playbooks/default.yaml', import.meta.url), 'utf8');
  const templates = text.match(/[a-z-]+(?=:\s)/g) ?? [];
  const read = readPlaybook(text, { templates });
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.errors));
  return { ...read.playbook, version: 1 };
}
