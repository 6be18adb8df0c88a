import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

export type HistoryEvent = NonNullable<History['events']>[number];

/** One run of a customer's workflow. */
export type Run = {
  readonly runId: string;
  /** The workflow type: the phase it lives. */
  readonly type: string;
  readonly history: History;
  readonly events: readonly HistoryEvent[];
};

/** The runs of a customer's workflow from the first on, as one continued as the next. */
export async function runsOf(env: TestWorkflowEnvironment, customerId: string): Promise<Run[]> {
  const workflowId = `customer:${customerId}`;
  const { runId: last } = await env.client.workflow.getHandle(workflowId).describe();
  const runs: Run[] = [];
  for (let runId: string | null | undefined = last; runId; ) {
    const history: History = await env.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const events = history.events ?? [];
    const started = events[0]?.workflowExecutionStartedEventAttributes;
    runs.unshift({ runId, type: started?.workflowType?.name ?? '', history, events });
    runId = started?.continuedExecutionRunId;
  }
  return runs;
}

/** The last run's events: how long its history is, and what it says. */
export async function lastRun(env: TestWorkflowEnvironment, customerId: string): Promise<Run> {
  const run = (await runsOf(env, customerId)).at(-1);
  if (!run) throw new Error(`no run of ${customerId}`);
  return run;
}

/** What an event is, as `timerFired`. */
export function kindOf(event: HistoryEvent): string {
  const key = Object.keys(event).find((name) => name.endsWith('EventAttributes')) ?? '';
  return key.replace('EventAttributes', '');
}

/** Every word of a history: names, failures and payloads, all of it as text. */
export function wordsOf({ events }: Pick<Run, 'events'>): string {
  return events.flatMap(textsOf).join('\n');
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}
