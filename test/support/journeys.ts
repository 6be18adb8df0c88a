import { randomUUID } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Runtime, Worker } from '@temporalio/worker';
import { toLogical } from '../../domain/clock.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Journey } from '../../domain/journey.ts';
import { discretion } from '../../worker/discretion.ts';
import { quiet, workflowBundle } from '../../worker/workflow-bundle.ts';
import { journeyQuery } from '../../workflows/messages.ts';
import { DAY } from './builders.ts';
import type { MemoryShop } from './memory-shop.ts';
import { temporal } from './servers.ts';

Runtime.install({ logger: quiet, telemetryOptions: { logging: { filter: 'ERROR', forward: {} } } });

/** The run's dev server as an environment, in a namespace of its own. Its time is real. */
export async function devServer(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createFromExistingServer(await temporal());
}

/** A shop whose customers' workflows run on a server. */
export type LivingShop = {
  readonly env: TestWorkflowEnvironment;
  readonly shop: MemoryShop;
  readonly taskQueue: string;
  /** The shop's clock, epoch milliseconds. */
  now(): Promise<number>;
  /** Lets the event happen now, on the shop's clock; answers it as it was received. */
  happen(event: StoredEvent): Promise<StoredEvent>;
  /** Tells a customer's workflow of an event, as the relay does; again, if it was told before. */
  tell(event: StoredEvent): Promise<void>;
  /** How the customer's workflow stands, as `RUNNING`. */
  status(customerId: string): Promise<string>;
  /** The journey as its workflow carries it. */
  journey(customerId: string): Promise<Journey>;
  /** Lets time pass: skipped on a server that can, else as long as the shop's time-lapse needs. */
  sleep(days: number): Promise<void>;
  /** Ends the worker and starts another, which knows no run yet. */
  restart(): Promise<void>;
};

/** Runs a story with a worker of its own; workflows left open are terminated, since time is global to the server. */
export async function withShop(
  env: TestWorkflowEnvironment,
  shop: MemoryShop,
  story: (living: LivingShop) => Promise<void>,
): Promise<void> {
  const taskQueue = `rapport-${randomUUID()}`;
  const { timeLapse } = shop;
  const now = async () => toLogical(timeLapse, await env.currentTimeMs());
  let worker = await startWorker(env, shop, taskQueue);
  const living: LivingShop = {
    ...{ env, shop, taskQueue, now },
    async happen(event) {
      const at = await now();
      return shop.post({ ...event, at, receivedAt: at }, env.client, taskQueue);
    },
    tell: (event) => shop.tell(event, env.client, taskQueue),
    status: async (id) => (await env.client.workflow.getHandle(`customer:${id}`).describe()).status.name,
    journey: (id) => env.client.workflow.getHandle(`customer:${id}`).query(journeyQuery),
    sleep: (days) => env.sleep(Math.ceil((days * DAY) / timeLapse.speed)),
    async restart() {
      await worker.stop();
      worker = await startWorker(env, shop, taskQueue);
    },
  };
  try {
    await story(living);
  } finally {
    await Promise.all(shop.customerIds().map((id) => terminate(env, id)));
    await worker.stop();
  }
}

async function startWorker(env: TestWorkflowEnvironment, shop: MemoryShop, taskQueue: string) {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: shop.activities(),
    interceptors: { activity: [discretion] },
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}

async function terminate({ client }: TestWorkflowEnvironment, id: string): Promise<void> {
  const handle = client.workflow.getHandle(`customer:${id}`);
  await handle.terminate().catch(() => {}); // it may have ended
}
