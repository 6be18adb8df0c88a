import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { chosen } from '../../data/chosen.ts';
import { disconnect } from '../../data/connect.ts';
import { couponPools } from '../../data/coupon-pools.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { grants } from '../../data/grants.ts';
import { surpriseFigures } from '../../data/surprise-figures.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import type { Surprise } from '../../domain/surprise.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';
import { aDatabase, aPurchase, aReceive, somebody } from '../support/shop.ts';
import { aGrantRequest, aSurprise } from '../support/surprises.ts';

const BUDGET = { counts: 'grants', amount: 3, per: { months: 1 }, spread: true } as const;
const CONSENT = [{ topic: 'news', basis: 'consent' as const }];

let app: FastifyInstance;
let surprise: Surprise;
const receiver = aReceive({ now: NOON });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(() => open({ budget: BUDGET }));

async function open(terms: Partial<Surprise>) {
  surprise = aSurprise(terms);
  const touch = aTouch({ name: 'small-treat', surprise: surprise.name });
  const playbook = aPlaybook([touch], { surprises: { [surprise.name]: surprise } });
  const deps = { grants, chosen, surpriseFigures, couponPools, receiver, customers };
  app = await anApi(aWorld(), { ...deps, playbooks: { current: async () => playbook } });
}

async function aBuyer(): Promise<string> {
  const purchase = aPurchase(somebody(), { at: NOON, consent: CONSENT });
  return (await receiver.receive([purchase], 'api'))[0]?.customerId ?? '';
}

const get = async (url: string) => (await app.inject({ url, headers: asAdmin() })).json();
const post = (url: string, payload: object | string, type = 'application/json') =>
  app.inject({ method: 'POST', url, headers: { ...asAdmin(), 'content-type': type }, payload });

const choose = (names: readonly string[], dryRun = false, request = 'may') =>
  post(`/v1/surprises/${surprise.name}/grants?dry-run=${dryRun}`, { request, customers: names });

const chosenOnes = async () =>
  EventModel.countDocuments({ type: 'surprise', 'data.surprise': surprise.name });

describe('POST /v1/surprises/:name/grants', () => {
  it('shows first what it takes and who is left out, and changes nothing', async () => {
    const [one, other] = [await aBuyer(), await aBuyer()];

    const answer = await choose([one, other, one, 'nobody'], true);

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      ...{ dryRun: true, touch: 'small-treat', asked: 4, chosen: 2, fits: true, waiting: {} },
      leftOut: [
        { customer: one, reason: 'twice' },
        { customer: 'nobody', reason: 'unknown' },
      ],
      budgets: [{ tier: null, amount: 3, spent: 0, takes: 2, after: 1 }],
    });
    expect(await chosenOnes()).toBe(0);
  });

  it('makes each an event, once a request, and tells how far it is', async () => {
    const [one, other] = [await aBuyer(), await aBuyer()];

    const answers = [await choose([one, other]), await choose([one, other])];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect(answers[1]?.json()).toMatchObject({
      chosen: 0,
      leftOut: [{ reason: 'already' }, { reason: 'already' }],
    });
    expect(await chosenOnes()).toBe(2);
    const id = `${one}/small-treat/may`;
    await grants.give(aGrantRequest({ customerId: one, surprise, id, ahead: true }));
    await grants.confirm(id, NOON);
    const progress = await get(`/v1/surprises/${surprise.name}/grants/may`);
    expect(progress).toEqual({ chosen: 2, given: 1, notGiven: {}, waiting: 1 });
  });

  it('chooses nobody where there is too little for all', async () => {
    const named = [await aBuyer(), await aBuyer(), await aBuyer(), await aBuyer()];

    expect((await choose(named)).statusCode).toBe(409);
    expect(await chosenOnes()).toBe(0);
  });

  it('says what is wrong with what it is asked', async () => {
    expect((await post('/v1/surprises/none/grants', { request: 'a', customers: ['b'] })).statusCode).toBe(
      404,
    );
    const url = `/v1/surprises/${surprise.name}/grants`;
    const answer = await post(url, { request: 'May!', customers: [], touch: 'thank-you' });
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/request',
      '/customers',
    ]);
    const other = await post(url, { request: 'may', customers: ['b'], touch: 'thank-you' });
    expect(other.json().errors).toEqual([
      { pointer: '/touch', message: 'does not tell of it', hint: 'name one of: small-treat' },
    ]);
  });
});

describe('GET /v1/surprises', () => {
  it('tells what was given, and what is left of budget and codes', async () => {
    await open({ budget: BUDGET, pool: 'june' });
    await couponPools.upload('june', ['J-1', 'J-2']);
    await grants.give(aGrantRequest({ customerId: await aBuyer(), surprise, ahead: true }));

    const { surprises } = await get('/v1/surprises');

    expect(surprises).toEqual([
      expect.objectContaining({
        ...{ name: surprise.name, touches: ['small-treat'] },
        budgets: [expect.objectContaining({ amount: 3, today: 0, spent: 1, left: 2 })],
        grants: { pending: 1, confirmed: 0, redeemed: 0, expired: 0, released: 0 },
        stock: { pool: 'june', total: 2, left: 1, low: false },
      }),
    ]);
  });
});

describe('GET /v1/grants', () => {
  it('lists the latest first, page by page, and those of one customer', async () => {
    await open({});
    const buyers = [await aBuyer(), await aBuyer(), await aBuyer()];
    for (const [n, customerId] of buyers.entries()) {
      await grants.give(aGrantRequest({ customerId, surprise, at: NOON + n }));
    }

    const page = await get(`/v1/grants?surprise=${surprise.name}&status=pending&limit=2`);
    const rest = await get(`/v1/grants?surprise=${surprise.name}&limit=2&cursor=${page.next}`);

    const listed = [...page.grants, ...rest.grants].map(
      ({ customerId }: { customerId: string }) => customerId,
    );
    expect(listed).toEqual(buyers.toReversed());
    expect(rest.next).toBeNull();
    const own = await get(`/v1/customers/${buyers[0]}/grants`);
    expect(own.grants).toEqual([expect.objectContaining({ surprise: surprise.name, value: 750 })]);
  });

  it('tells of what was not redeemed in time that it has expired', async () => {
    await open({ expires: { days: 90 } });
    const [late, early] = [await aBuyer(), await aBuyer()];
    for (const [customerId, at] of [[late, NOON - 91 * DAY] as const, [early, NOON] as const]) {
      const { mail, ...atOnce } = aGrantRequest({ customerId, surprise, at });
      await grants.give(atOnce);
    }
    const whose = async (status: string) => {
      const page = await get(`/v1/grants?surprise=${surprise.name}&status=${status}`);
      return page.grants.map((grant: { customerId: string; status: string }) => [
        ...[grant.customerId, grant.status],
      ]);
    };

    expect(await whose('expired')).toEqual([[late, 'expired']]);
    expect(await whose('confirmed')).toEqual([[early, 'confirmed']]);
    const { surprises } = await get('/v1/surprises');
    expect(surprises[0].grants).toMatchObject({ confirmed: 1, expired: 1 });
  });
});

describe('POST /v1/coupon-pools/:name', () => {
  it.each([
    ['a list', { codes: ['K-1', 'K-2', 'K-1'] }, 'application/json', 'K'],
    ['a file of lines', 'L-1\nL-2\nL-1\n', 'text/csv', 'L'],
    ['a file with a column', 'nr;code\n1;M-1\n2;M-2\n3;M-1\n', 'text/csv', 'M'],
  ])('takes %s, and tells what came twice', async (_, payload, type, pool) => {
    const answer = await post(`/v1/coupon-pools/pool-${pool.toLowerCase()}`, payload, type);

    expect(answer.json()).toEqual({ added: 2, duplicates: [`${pool}-1`], total: 2, left: 2 });
  });

  it('has the team told by mail, once, when a pool runs low', async () => {
    await open({ pool: 'small' });
    await post('/v1/coupon-pools/small', { codes: ['S-1', 'S-2', 'S-3'] });
    const warnings = () => TeamMailModel.find({ 'news.pool': 'small' }).lean();

    for (const left of [2, 1, 0]) {
      expect(await warnings()).toEqual([]);
      await grants.give(aGrantRequest({ customerId: await aBuyer(), surprise, because: `${left}` }));
    }
    await grants.give(aGrantRequest({ customerId: await aBuyer(), surprise }));

    expect(await warnings()).toMatchObject([
      { news: { about: 'low-stock', pool: 'small', total: 3, left: 0 } },
    ]);
  });
});
