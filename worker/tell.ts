import type { announcements } from '../data/announcements.ts';
import type { LeasedMessage, webhookMessages } from '../data/webhook-messages.ts';
import type { webhooks } from '../data/webhooks.ts';
import { signStandard } from '../domain/standard-webhook.ts';
import { afterAttempt } from '../domain/webhook-schedule.ts';
import { errorType, type LoopLog, loop, pauseFor } from './loop.ts';

/** Most causes put on their way at a time. */
const BATCH = 200;
/** Most messages a process sends at the same time, to all and to one receiver: those that hang leave room. */
const AT_ONCE = 40;
const AT_ONCE_EACH = 4;
/** A receiver has so long to answer (Standard Webhooks: 15–30 seconds). */
const PATIENCE_MS = 20_000;
/** Longer than an attempt takes: one that dies leaves its message to the others after so long. */
const LEASE_MS = 60_000;
const IDLE_MS = 500;
const WAITS = 'webhooks wait';
/** A receiver that has failed for so long is sent nothing any more. */
const FAILING_MS = 3 * 86_400_000;

export type TellDeps = {
  readonly announcements: typeof announcements;
  readonly webhooks: Pick<typeof webhooks, 'active' | 'target' | 'went' | 'failed' | 'disable'>;
  readonly messages: typeof webhookMessages;
  /** The server's time, epoch milliseconds. */
  readonly now: () => number;
  readonly log: LoopLog['log'];
};

/** What this process sends at the moment: each attempt, and to which receiver. */
type UnderWay = Map<Promise<void>, string>;

/** Tells subscribers what happened, until they have it: signed, each thing at least once. Any number may run. */
export async function tell(deps: TellDeps, stop: AbortSignal): Promise<void> {
  const underWay: UnderWay = new Map();
  const name = { log: deps.log, waits: WAITS };
  const sendOne = async () => {
    if (!(await sendNext(deps, underWay))) await untilOneEnds(underWay, stop);
    return 0;
  };
  await Promise.all([
    loop(name, async () => ((await announce(deps)) ? 0 : IDLE_MS), stop),
    loop(name, sendOne, stop),
  ]);
  await Promise.all(underWay.keys());
}

/** Pauses until an attempt ends, or a moment has passed. */
async function untilOneEnds(underWay: UnderWay, stop: AbortSignal): Promise<void> {
  const ended = new AbortController();
  await Promise.race([pauseFor(IDLE_MS, AbortSignal.any([stop, ended.signal])), ...underWay.keys()]);
  ended.abort();
}

/** Puts on its way what is new; answers whether there was anything. */
async function announce({ announcements, webhooks, messages, now }: TellDeps): Promise<boolean> {
  const next = await announcements.next(BATCH);
  if (!next) return false;
  await messages.add(next.messages, await webhooks.active(), now());
  await next.done();
  return true;
}

/** Begins to send what is due, unless its receiver or this process is busy; answers whether there was anything. */
async function sendNext(deps: TellDeps, underWay: UnderWay): Promise<boolean> {
  if (underWay.size >= AT_ONCE) return false;
  const message = await deps.messages.lease(LEASE_MS, deps.now(), busyOf(underWay));
  if (!message) return false;
  const attempt: Promise<void> = send(message, deps)
    .catch((error: unknown) => deps.log.warn({ error: errorType(error) }, WAITS)) // its lease ends: it is sent again
    .finally(() => underWay.delete(attempt));
  underWay.set(attempt, message.webhookId);
  return true;
}

/** The receivers to whom as much is sent as may be. */
function busyOf(underWay: UnderWay): readonly string[] {
  const receivers = Map.groupBy(underWay.values(), (id) => id);
  return [...receivers].filter(([, attempts]) => attempts.length >= AT_ONCE_EACH).map(([id]) => id);
}

async function send(message: LeasedMessage, deps: TellDeps): Promise<void> {
  const target = await deps.webhooks.target(message.webhookId, deps.now());
  if (!target) await deps.messages.giveUp(message, deps.now());
  else await settle(message, await post(message, target, deps.now()), deps);
}

type Answer = { readonly status?: number; readonly words: string };

async function post(
  { id, body }: LeasedMessage,
  { url, secrets }: { readonly url: string; readonly secrets: readonly string[] },
  now: number,
): Promise<Answer> {
  const timestamp = Math.floor(now / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Rapport',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signStandard(body, { id, timestamp }, secrets),
  };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return { status: response.status, words: `answered ${response.status}` };
  } catch (error) {
    return {
      words: error instanceof Error && error.name === 'TimeoutError' ? 'did not answer' : 'cannot be reached',
    };
  }
}

async function settle(
  message: LeasedMessage,
  answer: Answer,
  { messages, webhooks, now, log }: TellDeps,
): Promise<void> {
  const { webhookId, attempts } = message;
  const next = afterAttempt(answer.status, { attempts, now: now(), spread: Math.random() });
  if (next.kind === 'delivered') {
    await messages.delivered(message, now());
    await webhooks.went(webhookId);
    return;
  }
  await webhooks.failed(webhookId, answer.words, now());
  if (next.kind === 'again') await messages.again(message, next.at);
  else await messages.giveUp(message, now());
  const since = answer.status === 410 ? now() : now() - FAILING_MS;
  if (await webhooks.disable(webhookId, since, now())) log.warn({ webhookId }, 'webhook disabled');
}
