import { type Client, WorkflowNotFoundError } from '@temporalio/client';

/** What of Temporal's it takes to end somebody's runs. */
export type RunsDeps = {
  readonly client: Pick<Client, 'workflow' | 'workflowService' | 'options'>;
};

/**
 * Ends and deletes every run of a customer's workflow, with its history: the one that lives, and those it came from.
 *
 * The server deletes in its own time, so nothing is believed gone before it is not found any more.
 *
 * @returns whether nothing was found
 */
export async function deleteRuns(customerId: string, { client }: RunsDeps): Promise<boolean> {
  const workflowId = `customer:${customerId}`;
  await unlessGone(() => client.workflow.getHandle(workflowId).terminate('erased'));
  const runIds = new Set<string>();
  const last = await unlessGone(() => client.workflow.getHandle(workflowId).describe());
  if (last) runIds.add(last.runId); // what lists the runs may be some moments late
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
    runIds.add(runId);
  }
  const { namespace } = client.options;
  for (const runId of runIds) {
    const workflowExecution = { workflowId, runId };
    await unlessGone(() => client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution }));
  }
  return runIds.size === 0;
}

/** gRPC's NOT_FOUND. */
const NOT_FOUND = 5;

async function unlessGone<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === NOT_FOUND) return undefined;
    throw error;
  }
}
