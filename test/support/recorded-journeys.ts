import { ApplicationFailure } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TimeLapse } from '../../domain/clock.ts';
import { PHASES } from '../../domain/phases.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from './builders.ts';
import { eventually } from './eventually.ts';
import { lastRun, runsOf } from './histories.ts';
import { withShop } from './journeys.ts';
import { MemoryShop } from './memory-shop.ts';

type Story = (env: TestWorkflowEnvironment) => Promise<Readonly<Record<string, History>>>;

const OTHER = '01JX0000000000000000000002';

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { hours: 2 } }),
  aTouch({ name: 'thank-you', kind: 'service', after: { hours: 1 } }),
  aTouch({ name: 'good-to-know', after: { days: 1 } }),
  aTouch({ name: 'about-us', on: 'entering', phase: 'relationship', after: { days: 1 } }),
  aTouch({ name: 'ambassador-invitation', on: 'entering', phase: 'ambassador', after: { days: 1 } }),
]);

/** A day takes a second: on the dev server time is real. */
function aLapse(): TimeLapse {
  return { speed: 86_400, wallStart: Date.now(), logicalStart: Date.now() };
}

/** One journey through the four phases; each phase is a run, and a history. */
const phases: Story = async (env) => {
  const recorded: Record<string, History> = {};
  await withShop(env, new MemoryShop(PLAYBOOK, aLapse()), async ({ happen, sleep, journey }) => {
    const inPhase = (phase: string) => eventually(async () => (await journey(CUSTOMER_ID)).phase === phase);
    await happen(anEvent({ type: 'sign-up', n: 1 }));
    await sleep(1);
    await happen(aPurchase(2));
    await inPhase('getting-acquainted');
    await sleep(3);
    await happen(aPurchase(3));
    await inPhase('relationship');
    await sleep(3);
    await happen(anEvent({ type: 'feedback', n: 4, data: { question: 'nps', score: 10 } }));
    await inPhase('ambassador');
    await sleep(2);
    for (const [i, { history }] of (await runsOf(env, CUSTOMER_ID)).entries()) {
      recorded[PHASES[i] ?? `run-${i}`] = history;
    }
  });
  return recorded;
};

const pause: Story = (env) =>
  recordOne('pause', env, new MemoryShop(PLAYBOOK, aLapse()), async ({ shop, happen, sleep }) => {
    await happen(aPurchase(1));
    await eventually(() => shop.sent.length === 1);
    await happen(anEvent({ type: 'pause', n: 2 }));
    await sleep(3);
    await happen(anEvent({ type: 'resume', n: 3 }));
    await sleep(2);
  });

const merge: Story = async (env) => {
  const recorded: Record<string, History> = {};
  await withShop(
    env,
    new MemoryShop(PLAYBOOK, aLapse()),
    async ({ shop, happen, sleep, tell, now, status }) => {
      await happen(aPurchase(1));
      await happen({ ...aPurchase(1), id: 'shop/other', customerId: OTHER, data: { orderId: 'o-9' } });
      await sleep(1);
      const merged = shop.merge(CUSTOMER_ID, OTHER, await now());
      await tell({ ...merged, customerId: OTHER });
      await tell(merged);
      await eventually(async () => (await status(OTHER)) === 'COMPLETED');
      await sleep(2);
      recorded['merge-older'] = (await lastRun(env, CUSTOMER_ID)).history;
      recorded['merge-younger'] = (await lastRun(env, OTHER)).history;
    },
  );
  return recorded;
};

/** A task that fails for good: three times, each a quarter of an hour after the one before. */
const failingTask: Story = (env) => {
  const shop = new MemoryShop(PLAYBOOK, aLapse());
  shop.answer = ({ touch }) => {
    if (touch === 'thank-you') throw ApplicationFailure.nonRetryable('no template', 'TemplateMissing');
    return { kind: 'accepted' };
  };
  return recordOne('failing-task', env, shop, async ({ happen }) => {
    await happen(aPurchase(1));
    await eventually(() => shop.settled().length === 2);
  });
};

/** A run that sleeps until it retires, and hands over to a fresh one. */
const retirement: Story = async (env) => {
  const recorded: Record<string, History> = {};
  await withShop(env, new MemoryShop(PLAYBOOK), async ({ happen, sleep }) => {
    await happen(anEvent({ type: 'sign-up', n: 1 }));
    await sleep(40);
    const [retired, fresh] = await runsOf(env, CUSTOMER_ID);
    if (!retired || !fresh) throw new Error('the run did not retire');
    recorded.retirement = retired.history;
    recorded['retirement-next-run'] = fresh.history;
  });
  return recorded;
};

async function recordOne(
  name: string,
  env: TestWorkflowEnvironment,
  shop: MemoryShop,
  story: Parameters<typeof withShop>[2],
): Promise<Record<string, History>> {
  const recorded: Record<string, History> = {};
  await withShop(env, shop, async (living) => {
    await story(living);
    recorded[name] = (await lastRun(env, CUSTOMER_ID)).history;
  });
  return recorded;
}

/** Each records a story on the dev server. */
export const RECORDED: readonly Story[] = [phases, pause, merge, failingTask];

/** Each records a story of months, on a server whose time can be skipped. */
export const RECORDED_OVER_MONTHS: readonly Story[] = [retirement];
