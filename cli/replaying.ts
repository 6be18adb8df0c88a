import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { reasonOf, type Tell } from '../servers/step.ts';
import { WORKFLOW_OF } from '../workflows/messages.ts';
import { readHistory } from './history-json.ts';

/** One run of a journey, as it went. */
export type Recorded = { readonly name: string; readonly workflowId: string; readonly history: History };

/** What a replay comes to: a failed one would stand still in production. */
export type Replayed = {
  readonly replayed: number;
  readonly failed: readonly { readonly name: string; readonly error: string }[];
};

const WORKFLOWS = new URL('../workflows/index.ts', import.meta.url).pathname;

/** Replays journeys one after the other, and tells how many it has. */
export async function replay(
  journeys: AsyncIterable<Recorded>,
  tell: Tell = () => {},
  options: ReplayWorkerOptions = { workflowsPath: WORKFLOWS },
): Promise<Replayed> {
  const failed: Replayed['failed'][number][] = [];
  const names: string[] = [];
  for await (const { error } of Worker.runReplayHistories(options, noting(journeys, names))) {
    if (error) failed.push({ name: names.at(-1) ?? '', error: reasonOf(error) });
    tell(`Replayed ${names.length} journeys, ${failed.length} failed`);
  }
  return { replayed: names.length, failed };
}

async function* noting(journeys: AsyncIterable<Recorded>, names: string[]): AsyncIterable<Recorded> {
  for await (const journey of journeys) {
    if (!hasBegun(journey)) continue;
    names.push(journey.name);
    yield journey;
  }
}

/** Of a run whose first workflow task is not done there is nothing to replay; the SDK would wait for it for ever. */
function hasBegun({ history }: Recorded): boolean {
  return history.events?.some((event) => event.workflowTaskCompletedEventAttributes) ?? false;
}

/** The histories of a folder and the folders in it, by name. @throws when there are none */
export async function* historiesIn(dir: string): AsyncIterable<Recorded> {
  const files = await readdir(dir, { recursive: true }).catch(() => []);
  const names = files.filter((file) => file.endsWith('.json')).sort();
  if (names.length === 0) throw new Error(`there are no histories (*.json) in ${relative('', dir) || dir}`);
  for (const name of names) yield { name, ...(await historyFrom(join(dir, name), name)) };
}

async function historyFrom(file: string, name: string): Promise<Omit<Recorded, 'name'>> {
  try {
    const history = readHistory(await readFile(file, 'utf8'));
    return { workflowId: workflowIdOf(history), history };
  } catch (error) {
    throw new Error(`${name} is not a history of a journey: ${reasonOf(error)}`);
  }
}

/** A run's retirement depends on its workflow's id, which its start argument tells on every server. */
function workflowIdOf({ events }: History): string {
  const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  const { customerId } = JSON.parse(Buffer.from(payload?.data ?? []).toString());
  return `customer:${customerId}`;
}

/** The journeys that run now on a Temporal server. */
export async function* runningOn({ workflow }: Client): AsyncIterable<Recorded> {
  const types = Object.values(WORKFLOW_OF).map((type) => `"${type}"`);
  const query = `ExecutionStatus = "Running" AND WorkflowType IN (${types.join(', ')})`;
  for await (const { workflowId, runId } of workflow.list({ query })) {
    yield {
      name: workflowId,
      workflowId,
      history: await workflow.getHandle(workflowId, runId).fetchHistory(),
    };
  }
}
