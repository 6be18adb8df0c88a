import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerModel } from '../../data/customer-document.ts';
import { type SendDocument, SendModel } from '../../data/send-document.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { CrashSink } from '../support/crash-sink.ts';
import { Crashes, POINTS } from '../support/crashing.ts';
import { eventually } from '../support/eventually.ts';
import { Rapport } from '../support/rapport.ts';

const CUSTOMERS = 500;
/** Every so many buy something too: their thank-you is service mail. */
const BUYS = 4;
const MAILS = CUSTOMERS + CUSTOMERS / BUYS;

/** How often a worker is killed at each point. */
const TIMES = 1;

/** Another one each time; to see a run again: RAPPORT_TEST_SEED=… */
const SEED = process.env.RAPPORT_TEST_SEED ?? String(Date.now() % 1_000_000);

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'welcome', on: 'sign-up' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);

let sink: CrashSink;
let rapport: Rapport;
let crashes: Crashes | undefined;

beforeAll(async () => {
  sink = await new CrashSink((seen) => crashes?.seen(seen) ?? false).listen();
  rapport = await Rapport.api({
    smtpUrl: sink.url,
    playbook: PLAYBOOK,
    speed: 120,
    sendTimeout: '8 seconds',
  });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await sink.close();
});

async function signUp(from: number, count: number): Promise<void> {
  const at = new Date(rapport.now());
  const consent = [{ topic: 'news', basis: 'consent' }];
  const events = Array.from({ length: count }, (_, i) => {
    const id = `c-${from + i}`;
    const event = { source: 'shop', at, customer: { id, email: `${id}@example.com` } };
    const data = { orderId: `o-${from + i}`, total: 1466, currency: 'EUR' };
    const signs = { ...event, id: `s-${from + i}`, type: 'sign-up', consent };
    return (from + i) % BUYS === 0
      ? [signs, { ...event, id: `p-${from + i}`, type: 'purchase', data }]
      : [signs];
  });
  await rapport.post(...events.flat());
}

/** Whether every customer's journey has heard all, and has nothing more to send. */
async function isSettled(): Promise<boolean> {
  const settled = { 'journey.agenda': { $size: 0 }, $expr: { $eq: ['$n', '$journey.heard'] } };
  const done = await CustomerModel.collection.countDocuments(settled);
  return done === CUSTOMERS && (await SendModel.countDocuments({ outcome: null })) === 0;
}

/** The keys that the API lists as of unknown fate. */
async function listedUnknown(): Promise<ReadonlySet<string>> {
  const { body } = await rapport.ask('GET', '/v1/sends?outcome=unknown&limit=200');
  return new Set(JSON.parse(JSON.stringify(body)).sends.map(({ key }: { key: string }) => key));
}

type Found = {
  readonly key: string;
  readonly kind: SendDocument['kind'];
  readonly state: string;
  readonly copies: number;
};

async function foundSends(): Promise<readonly Found[]> {
  const copies = sink.copies();
  return (await SendModel.find().lean()).map(({ _id: key, kind, state, mail }) => {
    return { key, kind, state, copies: copies.get(mail?.messageId ?? '')?.length ?? 0 };
  });
}

describe('workers that are killed wherever they are', () => {
  it(`send nothing twice and lose nothing unsaid, to ${CUSTOMERS} customers (seed ${SEED})`, async () => {
    crashes = new Crashes(SEED, {
      ...{ start: () => rapport.startWorker(), done: () => sink.messages.length },
      ...{ work: MAILS, times: TIMES },
    });
    const unwatch = crashes.watch();
    for (let from = 0; from < CUSTOMERS; from += 100) await signUp(from, 100);
    await eventually(isSettled, { within: 420_000, every: 500 });
    await unwatch();

    expect(crashes.at.toSorted()).toEqual(
      Array.from({ length: TIMES }, () => POINTS)
        .flat()
        .toSorted(),
    );
    const found = await foundSends();
    const unknown = await listedUnknown();
    const of = (fits: (send: Found) => boolean) => found.filter(fits).map(({ key }) => key);
    expect(found).toHaveLength(MAILS);
    expect(of(({ kind, copies }) => kind === 'marketing' && copies > 1)).toEqual([]);
    expect(of(({ kind, copies }) => kind === 'service' && copies > 2)).toEqual([]);
    expect(of(({ copies, key }) => copies === 0 && !unknown.has(key))).toEqual([]);
    expect(of(({ state, key }) => state !== 'accepted' && !unknown.has(key))).toEqual([]);
    for (const copies of sink.copies().values()) expect(new Set(copies).size).toBe(1);
    expect(sink.copies().size).toBe(found.filter(({ copies }) => copies > 0).length);
  }, 480_000);
});
