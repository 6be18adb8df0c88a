import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  makeContinueAsNewFunc,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Decision, Heard, Journey, Situation, Task, TaskOutcome } from '../domain/journey.ts';
import type { Phase } from '../domain/phases.ts';
import type { Does } from '../domain/playbook.ts';
import { Inbox } from './inbox.ts';
import { happened, journeyQuery, WORKFLOW_OF } from './messages.ts';
import { isRetiring, retiresAt } from './retirement.ts';

/**
 * One attempt: a `decide` that fails, or takes 7 seconds, fails its workflow task, which the server retries without a
 * trace. From 8 seconds on a task of 10 seconds has to heartbeat, and each heartbeat makes history grow.
 */
const local = proxyLocalActivities<Pick<Activities, 'decide'>>({
  startToCloseTimeout: '7 seconds',
  retry: { maximumAttempts: 1 },
});

/** The activity that does what a touch does in the place of a mail; a mail is sent by `sendTouch`. */
const ACTIVITY_OF = {
  'team-task': 'giveTask',
  'case-clock': 'watchCase',
  points: 'earnPoints',
} as const satisfies Readonly<Record<Does, string>>;

type Performing = Readonly<
  Record<'sendTouch' | (typeof ACTIVITY_OF)[Does], (task: Task) => Promise<TaskOutcome['outcome']>>
>;

/** An attempt's retries (MongoDB out of reach, a lost worker) end so many times its timeout after its first start. */
const RETRIES_END_AFTER = 15 / 11;

/** Carries a customer through one phase, then passes them on as the next phase's workflow, under the same id. */
export async function liveThrough(phase: Phase, start: Journey): Promise<void> {
  const { unheard, ...carried } = start;
  let journey: Journey = carried;
  const inbox = new Inbox<Heard>(unheard);
  setHandler(happened, (delivery) => inbox.add(delivery));
  setHandler(journeyQuery, () => journey);

  for (;;) {
    const decision = await decide({ journey, unheard: inbox.take(), now: Date.now() });
    journey = decision.journey;
    if (journey.ended && inbox.isEmpty) return;
    if (journey.phase !== phase || isRetiring()) await passOn({ ...journey, unheard: inbox.take() });

    const task = await whenDue(decision.next, inbox);
    if (task) inbox.add(await attempt(task));
  }
}

/** Asks what is next. A failure fails the workflow task, which retries, and never the journey. */
async function decide(situation: Situation): Promise<Decision> {
  try {
    return await local.decide(situation);
  } catch (error) {
    if (isCancellation(error)) throw error;
    throw new Error('decide failed', { cause: error });
  }
}

/** Waits for the next moment: its task if it has one, nothing where something is heard or the run retires first. */
async function whenDue({ at, task }: Decision['next'], inbox: Inbox<Heard>): Promise<Task | undefined> {
  if (await inbox.hearsBefore(Math.min(at ?? Infinity, retiresAt()))) return undefined; // no `at`: until something happens
  return at !== undefined && Date.now() >= at ? task : undefined;
}

/** Performs a task. What becomes of it, a failure too, is heard by the next decision. */
async function attempt(task: Task): Promise<TaskOutcome> {
  const { touch, occasion, timeoutMs, does } = task;
  const remote = proxyActivities<Performing>({
    startToCloseTimeout: timeoutMs,
    scheduleToCloseTimeout: Math.round(timeoutMs * RETRIES_END_AFTER),
  });
  try {
    return { touch, occasion, outcome: await remote[does ? ACTIVITY_OF[does] : 'sendTouch'](task) };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { touch, occasion, outcome: { kind: 'failed', type: typeOf(error) } };
  }
}

/** What an activity failed of, in one word: never its message, which may quote an address. */
function typeOf({ cause, activityType }: ActivityFailure): string {
  if (cause instanceof TimeoutFailure) return 'lost'; // as `domain/send.ts` calls it
  if (cause instanceof ApplicationFailure) return cause.type ?? activityType;
  return cause?.name ?? activityType;
}

function passOn(journey: Journey): Promise<never> {
  return makeContinueAsNewFunc({ workflowType: WORKFLOW_OF[journey.phase] })(journey);
}
