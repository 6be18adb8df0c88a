import { expect } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { simulate } from '../../domain/simulate.ts';
import { DAY } from './builders.ts';
import { cdnowLives, someOf } from './cdnow-lives.ts';
import { defaultPlaybook } from './default-playbook.ts';
import { withShop } from './journeys.ts';
import { MemoryShop } from './memory-shop.ts';

/** The sample's eighteen months, and a little more. */
const DAYS = 550;

/**
 * Lets customers of CDNOW live their eighteen months with the real workflow, `decide` and contact policy, and expects
 * that the simulation of each comes to the same touches, by name, occasion, `due` and outcome.
 *
 * @returns how many touches were compared
 */
export async function expectAgreement(env: TestWorkflowEnvironment, customers: number): Promise<number> {
  const playbook = await defaultPlaybook();
  const { lives, period } = cdnowLives(playbook);
  const script = someOf(lives, customers)
    .flat()
    .sort((a, b) => a.at - b.at);
  let compared = 0;
  await withShop(env, new MemoryShop(playbook), async ({ shop, happen, sleep, now }) => {
    const start = await now();
    for (const event of script) {
      await sleep((event.at - period.from - ((await now()) - start)) / DAY);
      await happen(event);
    }
    await sleep(DAYS - ((await now()) - start) / DAY);

    const until = await now();
    for (const id of shop.customerIds()) {
      const { touches } = simulate(shop.eventsOf(id), playbook, until);
      expect(shop.sent.filter(({ customerId }) => customerId === id)).toEqual(touches);
      compared += touches.length;
    }
  });
  return compared;
}
