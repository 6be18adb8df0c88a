import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { announcements } from '../../data/announcements.ts';
import { disconnect } from '../../data/connect.ts';
import { decisions } from '../../data/decisions.ts';
import { webhookMessages } from '../../data/webhook-messages.ts';
import { webhooks } from '../../data/webhooks.ts';
import type { DecisionRecord } from '../../domain/journey.ts';
import { signStandard } from '../../domain/standard-webhook.ts';
import { tell } from '../../worker/tell.ts';
import { eventually } from '../support/eventually.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

type Got = { readonly headers: Readonly<Record<string, unknown>>; readonly body: string };

let receiver: Server;
let url: string;
let got: Got[] = [];
/** What the receiver answers next; then 204. */
let answers: number[] = [];
/** Requests to `/hangs`, which are not answered until the test does. */
let unanswered: ServerResponse[] = [];
/** The clock of the loop runs ahead by this. */
let ahead = 0;

beforeAll(async () => {
  await aDatabase();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (request.url === '/hangs') return void unanswered.push(response);
      got.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${portOf(receiver.address())}/rapport`;
});
afterAll(async () => {
  receiver.close();
  await disconnect();
});
beforeEach(async () => {
  for (const { id } of await webhooks.list()) await webhooks.remove(id);
  got = [];
  answers = [];
  unanswered = [];
  ahead = 0;
});

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the receiver does not listen');
  return address.port;
}

/** A subscription that is known to all. */
async function subscribed(events: Parameters<typeof webhooks.create>[1], at = url) {
  const made = await webhooks.create(at, events, Date.now());
  await sleep(1_100); // whether there is one is looked up once a second
  return made;
}

let seq = 0;
function aSettled(): DecisionRecord {
  seq += 1;
  const settled = {
    kind: 'settled',
    touch: 'thank-you',
    occasion: `o-${seq}`,
    outcome: { kind: 'accepted' },
  } as const;
  return {
    customerId: 'c',
    seq,
    at: Date.now(),
    phase: 'relationship',
    playbook: 1,
    heard: [],
    changes: [settled],
  };
}

/** Lets the loop run until something holds. */
async function telling(until: () => boolean | Promise<boolean>, loops = 1): Promise<void> {
  const stop = new AbortController();
  const now = () => Date.now() + ahead;
  const log = { warn: () => {} };
  const deps = { announcements, webhooks, messages: webhookMessages, now, log };
  const running = Array.from({ length: loops }, () => tell(deps, stop.signal));
  try {
    await eventually(until);
  } finally {
    stop.abort();
    await Promise.all(running);
  }
}

describe('tell', () => {
  it('tells each thing once, signed, whoever of many tells it, and however often it is decided', async () => {
    const { secret } = await subscribed(['send.settled']);
    const settled = Array.from({ length: 20 }, aSettled);
    for (const one of settled) await decisions.save(one);
    for (const one of settled.slice(0, 5)) await decisions.save(one);

    await telling(() => got.length >= 20, 3);

    const ids = got.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(20);
    expect(got).toHaveLength(20);
    for (const { headers, body } of got) {
      const stamp = { id: String(headers['webhook-id']), timestamp: Number(headers['webhook-timestamp']) };
      expect(headers['webhook-signature']).toBe(signStandard(body, stamp, [secret]));
      expect(JSON.parse(body)).toMatchObject({
        type: 'send.settled',
        data: { customerId: 'c', touch: 'thank-you' },
      });
    }
  });

  it('tells what failed again under the same id, and nobody else of it', async () => {
    const { id } = await subscribed(['send.settled']);
    answers = [500];
    await decisions.save(aSettled());

    await telling(async () => (await webhooks.list())[0]?.failingSince !== undefined);
    expect(got).toHaveLength(1);
    ahead = 10_000;
    await telling(async () => got.length === 2 && (await webhooks.list())[0]?.failingSince === undefined);

    expect(got[1]?.headers['webhook-id']).toBe(got[0]?.headers['webhook-id']);
    expect(got[1]?.body).toBe(got[0]?.body);
    expect(String(got[0]?.headers['webhook-id']).startsWith(`${id}/`)).toBe(true);
  });

  it('tells the others while one receiver does not answer, and asks little more of that one', async () => {
    await subscribed(['send.settled'], new URL('/hangs', url).href);
    await subscribed(['send.settled']);
    for (const one of Array.from({ length: 30 }, aSettled)) await decisions.save(one);

    let open = 0;
    await telling(() => {
      if (got.length < 30 || unanswered.length < 4) return false;
      open = unanswered.length;
      for (const response of unanswered) response.writeHead(204).end();
      return true;
    });

    expect(got).toHaveLength(30);
    expect(open).toBe(4);
  });

  it('sends nothing to a receiver that is gone, until it is enabled again, and then signs with both secrets', async () => {
    const { id, secret } = await subscribed(['send.settled']);
    answers = [410];
    await decisions.save(aSettled());
    await telling(async () => (await webhooks.list())[0]?.disabledAt !== undefined);

    const renewed = await webhooks.renew(id, Date.now());
    await sleep(1_100);
    await decisions.save(aSettled());
    await telling(() => got.length === 2);

    const { headers, body } = got[1] ?? { headers: {}, body: '' };
    const stamp = { id: String(headers['webhook-id']), timestamp: Number(headers['webhook-timestamp']) };
    expect(headers['webhook-signature']).toBe(signStandard(body, stamp, [renewed ?? '', secret]));
  });

  it('tells of a consent when it changes, by the ids alone', async () => {
    await subscribed(['consent.changed']);
    const customer = somebody();
    const consent = [{ topic: 'news', basis: 'consent', wording: 'Yes' }] as const;
    const receive = aReceive();

    await receive.receive(
      [anEvent(customer, { consent: [...consent] }), anEvent(customer, { consent: [...consent] })],
      'api',
    );
    await receive.receive([anEvent(customer, { consent: [{ topic: 'news', withdrawn: true }] })], 'api');
    await telling(() => got.length === 2);

    expect(got.map(({ body }) => JSON.parse(body).data.consents)).toEqual(
      expect.arrayContaining([{ news: true }, { news: false }]),
    );
    expect(got.map(({ body }) => body).join()).not.toContain(customer.email);
  });
});
