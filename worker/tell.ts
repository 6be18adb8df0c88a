import { setTimeout as sleep } from 'node:timers/promises';
import type { announcements } from '../data/announcements.ts';
import type { LeasedMessage, webhookMessages } from '../data/webhook-messages.ts';
import type { webhooks } from '../data/webhooks.ts';
import { signStandard } from '../domain/standard-webhook.ts';
import { afterAttempt } from '../domain/webhook-schedule.ts';

/** Most causes put on their way at a time. */
const BATCH = 200;
/** Most messages sent at the same time. */
const AT_ONCE = 10;
/** A receiver has so long to answer (Standard Webhooks: 15–30 seconds). */
const PATIENCE_MS = 20_000;
/** Longer than an attempt takes: one that dies leaves its message to the others after so long. */
const LEASE_MS = 60_000;
const IDLE_MS = 500;
const AWAY_MS = 2_000;
/** A receiver that has failed for so long is sent nothing any more. */
const FAILING_MS = 3 * 86_400_000;

export type TellDeps = {
  readonly announcements: typeof announcements;
  readonly webhooks: Pick<typeof webhooks, 'active' | 'target' | 'went' | 'failed' | 'disable'>;
  readonly messages: typeof webhookMessages;
  /** The server's time, epoch milliseconds. */
  readonly now: () => number;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
};

/** Tells subscribers what happened, until they have it: signed, each thing at least once. Any number may run. */
export async function tell(deps: TellDeps, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const pause = await round(deps);
    if (pause > 0) await sleep(pause, undefined, { signal: stop }).catch(() => {}); // stopped: the loop ends
  }
}

/** Puts on its way what is new, and sends what is due; answers how long to pause. */
async function round(deps: TellDeps): Promise<number> {
  try {
    const isMore = await announce(deps);
    const message = await deps.messages.lease(LEASE_MS, deps.now());
    if (!message) return isMore ? 0 : IDLE_MS;
    const others = Array.from({ length: AT_ONCE - 1 }, () => sendNext(deps));
    await Promise.all([send(message, deps), ...others]);
    return 0;
  } catch (error) {
    deps.log.warn({ error: error instanceof Error ? error.name : String(error) }, 'webhooks wait');
    return AWAY_MS;
  }
}

async function announce({ announcements, webhooks, messages, now }: TellDeps): Promise<boolean> {
  const next = await announcements.next(BATCH);
  if (!next) return false;
  await messages.add(next.messages, await webhooks.active(), now());
  await next.done();
  return true;
}

async function sendNext(deps: TellDeps): Promise<void> {
  const message = await deps.messages.lease(LEASE_MS, deps.now());
  if (message) await send(message, deps);
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
