import { describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { PointsShort } from '../../data/points-short.ts';
import type { PointEntry } from '../../domain/membership.ts';
import { anApi, asAdmin, aWorld, fakes } from '../support/api.ts';
import { aPurchase, CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aLoyalty, aProgramme, received } from '../support/loyalty.ts';

const PLAYBOOK = aProgramme({ pendingAtMost: {}, expireAfter: { months: 24 } });
const MEMBER = received([aPurchase(1, NOON - DAY)], PLAYBOOK);
const URL = `/v1/customers/${CUSTOMER_ID}`;

function post(app: FastifyInstance, path: string, payload: object) {
  return app.inject({ method: 'POST', url: `${URL}/${path}`, headers: asAdmin(), payload });
}

const aMember = () => aWorld({ customers: [MEMBER] });

describe('GET /v1/customers/:id/points', () => {
  it('tells what can be spent, what is to come, what expires next, and the ledger page by page', async () => {
    const lines: readonly PointEntry[] = [...(MEMBER.membership?.entries ?? [])];
    const app = await anApi(aMember(), { pointEntries: { ofCustomer: async () => [...lines, ...lines] } });

    const answer = await app.inject({ url: `${URL}/points?limit=1`, headers: asAdmin() });

    expect(answer.json()).toEqual({
      customerId: CUSTOMER_ID,
      member: { since: '2026-05-31T10:00:00.000Z', terms: '2026-11' },
      ...{ balance: 14, pending: 0, owed: 0 },
      expiring: { at: '2028-05-31T22:00:00.000Z', points: 14 },
      entries: [
        {
          ...{ id: 'shop/purchase-1:orders', kind: 'earned', points: 14, reason: 'orders', by: null },
          ...{ at: '2026-05-31T10:00:00.000Z', lot: 'order/o-1/orders' },
          ...{ availableFrom: '2026-05-31T10:00:00.000Z', expiresAt: '2028-05-31T22:00:00.000Z' },
        },
      ],
      next: expect.any(String),
    });
  });

  it('tells of no member that there is nothing', async () => {
    const app = await anApi(
      aWorld({ customers: [received([aPurchase(1)], aProgramme({}, { joining: 'by-invitation' }))] }),
    );

    const answer = await app.inject({ url: `${URL}/points`, headers: asAdmin() });

    expect(answer.json()).toMatchObject({
      member: null,
      balance: 0,
      pending: 0,
      expiring: null,
      entries: [],
      next: null,
    });
  });
});

describe('POST /v1/customers/:id/points', () => {
  it('keeps what is spent as an event, by the id of its request and with whose key it was', async () => {
    const world = aMember();
    const app = await anApi(world);

    const answer = await post(app, 'points', { requestId: 'r-1', points: -10, reason: 'spent' });

    expect(answer.json()).toMatchObject({ id: 'points/r-1', duplicate: false, balance: 14 });
    expect(world.received).toEqual([
      {
        customerId: CUSTOMER_ID,
        type: 'points',
        at: NOON,
        id: 'points/r-1',
        data: { points: -10, reason: 'spent', by: 'admin' },
      },
    ]);
  });

  it('answers 409 where points are short, and where the id of the request stands for something else', async () => {
    const world = aMember();
    const { receiver } = fakes(world);
    const short = await anApi(world, {
      receiver: { ...receiver, receiveOwn: async () => Promise.reject(new PointsShort(14)) },
    });
    const repeated = async () => ({
      source: 'rapport',
      id: 'points/r-1',
      customerId: 'another',
      duplicate: true,
    });
    const taken = await anApi(world, { receiver: { ...receiver, receiveOwn: repeated } });

    const request = { requestId: 'r-1', points: -20, reason: 'spent' };
    const answers = [await post(short, 'points', request), await post(taken, 'points', request)];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([409, 409]);
    expect(answers.map((answer) => answer.json().detail)).toEqual([
      '14 points can be spent',
      'requestId r-1 was used before, for something else',
    ]);
  });

  it.each([
    [{ points: -10, reason: 'spent' }, '/requestId: is required'],
    [
      { requestId: 'r', points: 10, reason: 'spent' },
      '/points: is more than 0, and spent points go; write -100',
    ],
    [{ requestId: 'r', points: 0, reason: 'sorry' }, '/points: is not a number of points'],
    [{ requestId: 'r', points: 1.5, reason: 'sorry' }, '/points: is not a number of points'],
    [{ requestId: 'r', points: 5 }, '/reason: is required'],
  ])('says what is wrong with %j', async (payload, detail) => {
    const answer = await post(await anApi(aMember()), 'points', payload);

    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toContain(detail);
  });
});

describe('POST /v1/customers/:id/membership', () => {
  const invited = aProgramme({}, { joining: 'by-invitation' });
  const playbooks = { current: async () => invited };

  it('keeps that somebody joined, with the version of the terms, and by whose key', async () => {
    const world = aWorld({ customers: [received([aPurchase(1)], invited)] });
    const app = await anApi(world, { playbooks });

    expect((await post(app, 'membership', { change: 'join' })).statusCode).toBe(200);

    expect(world.received).toMatchObject([
      { type: 'membership', at: NOON, data: { change: 'join', terms: aLoyalty().terms, by: 'admin' } },
    ]);
  });

  it('changes nothing for who is a member already, and refuses where there is no programme', async () => {
    const world = aMember();

    const again = await post(await anApi(world, { playbooks }), 'membership', { change: 'join' });
    const none = await post(await anApi(world), 'membership', { change: 'leave' });

    expect(again.json()).toMatchObject({ member: { terms: '2026-11' } });
    expect(none.statusCode).toBe(409);
    expect(none.json().detail).toContain('no loyalty programme');
    expect(world.received).toEqual([]);
  });
});
