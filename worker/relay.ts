import type { Client } from '@temporalio/client';
import type { HandOver } from '../data/outbox.ts';
import { emptyJourney, impliedPhase } from '../domain/beginning.ts';
import type { Customer } from '../domain/customer.ts';
import { isHeard } from '../domain/listening.ts';
import type { Phase } from '../domain/phases.ts';
import type { Playbook } from '../domain/playbook.ts';
import { happened, WORKFLOW_OF } from '../workflows/messages.ts';
import { errorType, type LoopLog, loop, pauseFor } from './loop.ts';

/** Most customers handed over at the same time. */
const BATCH = 50;
/**
 * Most journeys that hear history at the same time, each a workflow's start for Temporal: the next wait until these
 * have, so that what happens meanwhile finds no queue before it.
 */
const BACKGROUND_BATCH = 10;
/** How long to wait for them: no worker may be there. */
const HEARING_MS = 10_000;
const LISTEN_MS = 50;
/** A relay that dies leaves its customers to the others after so long. */
const LEASE_MS = 10_000;
const IDLE_MS = 100;
/** How long to wait where Temporal did not take all. */
const AWAY_MS = 1_000;

export type RelayDeps = {
  readonly outbox: {
    lease(limit: number, leaseMs: number, now: number): Promise<readonly HandOver[]>;
    delivered(one: Pick<HandOver, 'customerId' | 'upTo' | 'wokenBy'>): Promise<void>;
    release(customerId: string): Promise<void>;
    leaseBackground(limit: number, leaseMs: number, now: number): Promise<readonly HandOver[]>;
    unheard(customerIds: readonly string[]): Promise<number>;
  };
  readonly customers: { byId(id: string): Promise<Customer | undefined> };
  readonly playbook: () => Promise<Playbook>;
  readonly client: Pick<Client, 'workflow'>;
  readonly taskQueue: string;
  readonly log: LoopLog['log'];
};

/**
 * Tells each customer's workflow that something happened, until Temporal has it: in order, once, and at most a
 * second late after Temporal was away. History goes in the background. Any number of relays may run.
 */
export async function relay(deps: RelayDeps, stop: AbortSignal): Promise<void> {
  const name = { log: deps.log, waits: 'relay waits' };
  await Promise.all([
    loop(name, async () => pauseAfter(await handOverBatch(deps)), stop),
    loop(name, async () => pauseAfter(await handOverHistory(deps, stop)), stop),
  ]);
}

/** How many were handed over, or that a server is away. */
type HandedOver = number | 'away';

function pauseAfter(handedOver: HandedOver): number {
  if (handedOver === 'away') return AWAY_MS;
  return handedOver === 0 ? IDLE_MS : 0;
}

async function handOverBatch(deps: RelayDeps): Promise<HandedOver> {
  return handOverAll(await deps.outbox.lease(BATCH, LEASE_MS, Date.now()), deps);
}

/** Hands over some customers' history, and waits until their journeys have heard it. */
async function handOverHistory(deps: RelayDeps, stop: AbortSignal): Promise<HandedOver> {
  const batch = await deps.outbox.leaseBackground(BACKGROUND_BATCH, LEASE_MS, Date.now());
  const handedOver = await handOverAll(batch, deps);
  const ids = batch.map(({ customerId }) => customerId);
  const end = performance.now() + HEARING_MS;
  while (ids.length > 0 && !stop.aborted && performance.now() < end) {
    if ((await deps.outbox.unheard(ids)) === 0) break;
    await pauseFor(LISTEN_MS, stop);
  }
  return handedOver;
}

async function handOverAll(batch: readonly HandOver[], deps: RelayDeps): Promise<HandedOver> {
  if (batch.length === 0) return 0;
  const playbook = await deps.playbook();
  const done = await Promise.all(batch.map((one) => handOver(one, playbook, deps)));
  return done.every(Boolean) ? batch.length : 'away';
}

/** Hands one customer's events over. What fails goes back, and comes again. */
async function handOver(one: HandOver, playbook: Playbook, deps: RelayDeps): Promise<boolean> {
  const { customerId, events, erased, mergedInto, waits, wakes } = one;
  try {
    const isToWake = mergedInto || waits || wakes || events.some(({ type }) => isHeard(type, playbook));
    if (!erased && isToWake) {
      await tell(one, playbook, deps);
    }
    await deps.outbox.delivered(one);
    return true;
  } catch (error) {
    deps.log.warn({ customerId, error: errorType(error) }, 'hand-over failed');
    await deps.outbox.release(customerId);
    return false;
  }
}

async function tell(
  one: HandOver,
  playbook: Playbook,
  { client, customers, taskQueue }: RelayDeps,
): Promise<void> {
  const { customerId, upTo, events } = one;
  const phase = one.phase ?? (await firstPhase(customerId, playbook, customers));
  await client.workflow.signalWithStart(WORKFLOW_OF[phase], {
    workflowId: `customer:${customerId}`,
    taskQueue,
    args: [emptyJourney(customerId, phase)],
    signal: happened,
    signalArgs: [{ upTo, events: events.slice(-MOST_NAMED) }],
  });
}

/** Events named in one signal, the newest: the workflow reads all of them from MongoDB. */
const MOST_NAMED = 20;

/** The phase that a customer's first event implies. */
async function firstPhase(id: string, playbook: Playbook, customers: RelayDeps['customers']): Promise<Phase> {
  const customer = await customers.byId(id);
  return customer ? impliedPhase(customer, playbook, Date.now()) : 'first-contact';
}
