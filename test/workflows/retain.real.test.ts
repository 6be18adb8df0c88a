import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { RETAINED, type RetentionPage } from '../../domain/retained.ts';
import { scheduleRetention } from '../../worker/retaining.ts';
import { workflowBundle } from '../../worker/workflow-bundle.ts';
import { eventually } from '../support/eventually.ts';
import { devServer } from '../support/journeys.ts';

const PATIENCE = { within: 60_000 };

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await devServer();
}, 60_000);
afterAll(() => env?.teardown());

/** Two pages of inactive customers, one page of all else. */
function pagesOf(asked: RetentionPage[]) {
  return async (page: RetentionPage) => {
    asked.push(page);
    return page.kind === 'inactive' && !page.after ? { count: 2, after: 'c-2' } : { count: 1 };
  };
}

describe('the Schedule of retention', () => {
  it('goes over every kind, page by page, and tells how many went; made twice, it is one', async () => {
    const taskQueue = `retain-${randomUUID()}`;
    const asked: RetentionPage[] = [];
    const worker = await Worker.create({
      connection: env.nativeConnection,
      ...{ namespace: env.namespace ?? '', taskQueue, workflowBundle: await workflowBundle() },
      activities: { kindsRetained: async () => RETAINED, forgetPage: pagesOf(asked) },
    });

    await worker.runUntil(async () => {
      await scheduleRetention(env.client, taskQueue);
      await scheduleRetention(env.client, taskQueue);
      const schedule = env.client.schedule.getHandle('rapport-retention');
      await schedule.trigger();
      await eventually(async () => (await schedule.describe()).info.recentActions.length === 1, PATIENCE);
      const [done] = (await schedule.describe()).info.recentActions;
      const run = done?.action.type === 'startWorkflow' ? done.action.workflow : undefined;
      const counts = await env.client.workflow.getHandle(run?.workflowId ?? '').result();
      expect(counts).toEqual({ written: 1, mails: 1, decisions: 1, requests: 1, inactive: 3 });
    });

    expect(asked.map(({ kind }) => kind)).toEqual([...RETAINED, 'inactive']);
    expect(asked.at(-1)).toEqual({ kind: 'inactive', after: 'c-2' });
    await env.client.schedule.getHandle('rapport-retention').delete();
  }, 120_000);
});
