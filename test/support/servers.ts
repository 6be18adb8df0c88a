import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { started } from './started.ts';

/** URI of a fresh, empty database on the run's one replica set. */
export async function mongo(): Promise<string> {
  const uri = new URL(started('RAPPORT_TEST_MONGODB'));
  uri.pathname = `/test-${randomUUID()}`;
  return uri.href;
}

/** The run's one dev server, with a fresh namespace: test files that run side by side do not see each other. */
export async function temporal(): Promise<{ readonly address: string; readonly namespace: string }> {
  const address = started('RAPPORT_TEST_TEMPORAL');
  const namespace = `test-${randomUUID()}`;
  const { Connection } = await import('@temporalio/client'); // Temporal's SDK takes a second to load: many files need MongoDB alone
  const { msToTs } = await import('@temporalio/common/lib/time.js');
  const connection = await Connection.connect({ address });
  try {
    const workflowExecutionRetentionPeriod = msToTs('1 day');
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  } finally {
    await connection.close();
  }
  return { address, namespace };
}

/** A server of its own whose time can be skipped, for one test file; its `teardown()` ends it. */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = started('RAPPORT_TEST_TIME_SKIPPING');
  const { TestWorkflowEnvironment: Environment } = await import('@temporalio/testing');
  return Environment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { identity: 'test' }, // histories name it
  });
}
