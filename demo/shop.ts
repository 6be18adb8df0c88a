import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Posted } from './script.ts';

/** As long as the driver's own: meanwhile a server that fell over may come back. */
const PATIENCE_MS = 20 * 60_000;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

const Taken = z.object({ receipts: z.array(z.object({ customerId: z.string() })) });

/** Thrown when the API refuses what the shop posts, or stays away too long. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/**
 * The sample shop's side of the API: posts events until they are taken. Repeating is safe, since an event's
 * identity makes a second one a duplicate.
 *
 * @param url of the API, without a path
 */
export function createShop(url: string, key: string) {
  return async function post(events: readonly Posted[]): Promise<readonly string[]> {
    const body = JSON.stringify(events);
    const deadline = Date.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const answer = await attempt(`${url}/v1/events`, key, body);
      if (answer.kind === 'taken') return answer.customerIds;
      if (answer.kind === 'refused' || Date.now() > deadline) throw new NotTaken(answer.why);
      await sleep(answer.afterMs ?? pause);
    }
  };
}

type Answer =
  | { readonly kind: 'taken'; readonly customerIds: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'away'; readonly why: string; readonly afterMs?: number };

async function attempt(url: string, key: string, body: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
    return await answerOf(response);
  } catch (error) {
    return { kind: 'away', why: `the API did not answer: ${String(error)}` };
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status } = response;
  if (status === 202) {
    const { receipts } = Taken.parse(await response.json());
    return { kind: 'taken', customerIds: receipts.map(({ customerId }) => customerId) };
  }
  const why = `the API answered ${status}: ${(await response.text()).slice(0, 300)}`;
  if (status !== 429) return { kind: status >= 500 ? 'away' : 'refused', why };
  return { kind: 'away', why, afterMs: 1000 * Number(response.headers.get('retry-after') ?? 1) };
}
