import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { StoredEvent } from '../../domain/event.ts';
import type { Journey } from '../../domain/journey.ts';
import { journeyQuery } from '../../workflows/messages.ts';
import type { MemoryShop } from './memory-shop.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

let bundled: ReturnType<typeof bundleWorkflowCode> | undefined;

/** The workflows' bundle, made once a test file. */
export function workflowBundle() {
  bundled ??= bundleWorkflowCode({
    workflowsPath: new URL('../../workflows/index.ts', import.meta.url).pathname,
    logger: Runtime.instance().logger,
  });
  return bundled;
}

/** A shop whose customers' workflows run on a server whose time can be skipped. */
export type LivingShop = {
  readonly shop: MemoryShop;
  /** Lets the event happen now, on the server's clock; answers its time. */
  happen(event: StoredEvent): Promise<number>;
  journey(customerId: string): Promise<Journey>;
  sleep(days: number): Promise<void>;
  now(): Promise<number>;
};

/** Runs a story with a worker of its own; workflows left open are terminated, since time is global to the server. */
export async function withShop(
  env: TestWorkflowEnvironment,
  shop: MemoryShop,
  story: (living: LivingShop) => Promise<void>,
): Promise<void> {
  const taskQueue = `rapport-${randomUUID()}`;
  const ids = new Set<string>();
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: shop.activities(),
  });
  const living: LivingShop = {
    shop,
    now: () => env.currentTimeMs(),
    async happen(event) {
      const at = await env.currentTimeMs();
      ids.add(event.customerId);
      await shop.post({ ...event, at, receivedAt: at }, env.client, taskQueue);
      return at;
    },
    journey: (id) => env.client.workflow.getHandle(`customer:${id}`).query(journeyQuery),
    sleep: (days) => env.sleep(`${days} days`),
  };
  await worker.runUntil(async () => {
    try {
      await story(living);
    } finally {
      for (const id of ids)
        await env.client.workflow
          .getHandle(`customer:${id}`)
          .terminate()
          .catch(() => {}); // it may have ended
    }
  });
}
