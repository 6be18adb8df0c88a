import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { gifts } from '../../data/gifts.ts';
import { giftsTold } from '../../data/gifts-told.ts';
import { grantCosts } from '../../data/grant-costs.ts';
import { type GrantDocument, GrantModel } from '../../data/grant-document.ts';
import { redemptions } from '../../data/redemptions.ts';
import { retention } from '../../data/retention.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { AT_HOME } from '../support/gifts.ts';
import { aDatabase, anEvent, aPurchase, aReceive, HOUR, somebody } from '../support/shop.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 24 * HOUR;
const receiver = aReceive({ now: NOW });

let app: FastifyInstance;
beforeAll(async () => {
  await aDatabase();
  const clock = { now: () => NOW, serverTime: () => NOW };
  app = await anApi(aWorld(), { customers, gifts, redemptions, receiver, clock, grantCosts });
}, 60_000);
afterAll(async () => {
  await app?.close();
  await disconnect();
});

/** A grant of somebody, of whom an order may tell the address. */
async function aGrant(grant: Partial<GrantDocument> = {}, shipTo?: typeof AT_HOME) {
  const person = somebody();
  const told = shipTo
    ? aPurchase(person, { data: { orderId: randomUUID(), total: 1, currency: 'EUR', shipTo } })
    : anEvent(person);
  const [receipt] = await receiver.receive([told], 'api');
  const customerId = receipt?.customerId ?? '';
  const key = `${customerId}/small-treat/1`;
  await GrantModel.create([
    {
      ...{ _id: key, customerId, surprise: 'small-treat', kind: 'gift', status: 'confirmed', budget: 'b' },
      ...{ value: 750, currency: 'EUR', cost: 750, touch: 'small-treat', occasion: '1', version: 1 },
      ...{ reservedAt: NOW, confirmedAt: NOW },
      ...grant,
    },
  ]);
  return { person, customerId, key, id: `${customerId}.${sendRef(key)}` };
}

const post = (url: string, body: object | string = {}, type = 'application/json') =>
  app.inject({
    ...{ method: 'POST', url, payload: typeof body === 'string' ? body : JSON.stringify(body) },
    headers: { ...asAdmin(), 'content-type': type },
  });

describe('gifts', () => {
  it('go to where the last order went, or to where their customer says, until they have left', async () => {
    const { customerId, key, id } = await aGrant({}, AT_HOME);
    expect((await gifts.find(customerId, sendRef(key)))?.shipTo).toEqual(AT_HOME);

    const elsewhere = { ...AT_HOME, city: 'Assen' };
    expect(await gifts.tellAddress(key, elsewhere)).toBe(true);
    expect((await gifts.list('to-send', 9)).find((gift) => gift.key === key)?.shipTo?.city).toBe('Assen');

    expect((await post(`/v1/fulfilment/${id}/sent`)).json()).toMatchObject({ duplicate: false });
    expect(await gifts.tellAddress(key, AT_HOME)).toBe(false);
  });

  it('are sent once, however many say so at once, and the story tells of it', async () => {
    const { customerId, id } = await aGrant({}, AT_HOME);
    const said = await Promise.all(Array.from({ length: 6 }, () => post(`/v1/fulfilment/${id}/sent`)));

    expect(said.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 6 }, () => 202));
    expect(said.filter((answer) => !answer.json().duplicate)).toHaveLength(1);
    expect(await EventModel.countDocuments({ customerId, type: 'gift-sent' })).toBe(1);
    expect((await gifts.list('sent', 99)).some((gift) => gift.sent?.by === 'admin')).toBe(true);
  });

  it('are marked sent by a file of the warehouse; what it names wrongly is told', async () => {
    const [one, two] = [await aGrant({}, AT_HOME), await aGrant({}, AT_HOME)];
    const file = `sent;id\r\nyes;${one.id}\r\nyes;${two.id}\r\nyes;nobody.x\r\n`;

    expect((await post('/v1/fulfilment/sent', file, 'text/csv')).json()).toEqual({
      ...{ sent: 2, duplicates: 0, unknown: ['nobody.x'] },
    });
    expect((await post('/v1/fulfilment/sent', one.id, 'text/csv')).json()).toMatchObject({ duplicates: 1 });
  });

  it('that are pending, given back or of another kind are not sent', async () => {
    const grants = [{ status: 'pending' }, { status: 'released' }, { kind: 'coupon' }] as const;
    for (const grant of grants) {
      const { id } = await aGrant(grant);
      expect((await post(`/v1/fulfilment/${id}/sent`)).statusCode).toBe(404);
    }
  });

  it('are told of to the team once, after three days, by one of many workers', async () => {
    const { key } = await aGrant();
    const tell = (at: number) => Promise.all([1, 2, 3].map(() => giftsTold.putOnItsWay(at, at)));
    await tell(NOW + 3 * DAY - 1);
    expect(await TeamMailModel.countDocuments()).toBe(0);

    await tell(NOW + 3 * DAY);
    await tell(NOW + 9 * DAY);
    const [mail, ...others] = await TeamMailModel.find().lean();
    expect(others).toEqual([]);
    expect(mail?.news).toMatchObject({ about: 'gifts-waiting', gifts: expect.arrayContaining([key]) });
  });

  it('forget their address some time after they have left, and so do orders', async () => {
    const { key, customerId, id } = await aGrant({ shipTo: AT_HOME }, AT_HOME);
    await retention.forget('mails', NOW + DAY);
    expect((await GrantModel.findById(key).lean())?.shipTo).toEqual(AT_HOME); // it has not left

    await post(`/v1/fulfilment/${id}/sent`);
    await retention.forget('mails', NOW + DAY);
    expect((await GrantModel.findById(key).lean())?.shipTo).toBeUndefined();
    const order = await EventModel.findOne({ customerId, type: 'purchase' }).lean();
    expect(order?.data).toMatchObject({ total: 1 });
    expect(order?.data?.shipTo).toBeUndefined();
  });
});

describe('POST /v1/grants/:code/redeem', () => {
  const aCode = async (grant: Partial<GrantDocument> = {}) => {
    const code = randomUUID().toUpperCase();
    return { code, ...(await aGrant({ kind: 'coupon', code, ...grant })) };
  };
  const redeem = (code: string, body: object) => post(`/v1/grants/${code}/redeem`, body);

  it('redeems for one order, of many that ask at once, and answers that one the same again', async () => {
    const { code, customerId } = await aCode();
    const orders = ['o-1', 'o-2', 'o-3', 'o-1', 'o-2', 'o-3'];
    const answers = await Promise.all(orders.map((orderId) => redeem(code.toLowerCase(), { orderId })));

    const redeemed = answers.filter(({ statusCode }) => statusCode === 200).map((answer) => answer.json());
    expect(new Set(redeemed.map(({ orderId }) => orderId)).size).toBe(1);
    expect(redeemed.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(4);
    expect(await EventModel.countDocuments({ customerId, type: 'redeemed' })).toBe(1);
  });

  it.each([
    [{ status: 'released' }, 404],
    [{ expiresAt: NOW }, 410],
    [{ status: 'expired' }, 410],
    [{ status: 'redeemed', redeemed: { at: NOW, orderId: 'o-0' } }, 409],
  ] as const)('refuses one that is %j with %d, and changes nothing', async (grant, status) => {
    const { code, key } = await aCode(grant);
    const before = await GrantModel.findById(key).lean();

    const answer = await redeem(code, { orderId: 'o-1' });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(await GrantModel.findById(key).lean()).toEqual(before);
  });

  it('refuses unknown codes, orders without an id, and moments to come', async () => {
    const { code } = await aCode();
    expect((await redeem('nothing', { orderId: 'o-1' })).statusCode).toBe(404);
    expect((await redeem(code, {})).statusCode).toBe(422);
    const later = new Date(NOW + DAY).toISOString();
    expect((await redeem(code, { orderId: 'o-1', at: later })).statusCode).toBe(422);
  });

  it('is closed to keys of other scopes, whether there is such a code or not', async () => {
    const { code } = await aCode();
    const other = await anApi(aWorld(), {
      apiKeys: { check: async () => ({ scopes: ['events:write'] }) },
      redemptions,
    });
    for (const one of [code, 'nothing']) {
      const asked = { method: 'POST', url: `/v1/grants/${one}/redeem`, payload: '{"orderId":"o"}' } as const;
      expect((await other.inject({ ...asked, headers: asAdmin('rk_other') })).statusCode).toBe(403);
    }
    await other.close();
  });

  it('is not done by a look', async () => {
    const { code, key } = await aCode();
    for (const method of ['GET', 'HEAD'] as const) {
      await app.inject({ method, url: `/v1/grants/${code}/redeem`, headers: asAdmin() });
    }
    expect((await GrantModel.findById(key).lean())?.status).toBe('confirmed');
  });

  it('counts what was given, redeemed and spent for each touch', async () => {
    await GrantModel.deleteMany({});
    const { code } = await aCode({ touch: 'voucher' });
    await aCode({ touch: 'voucher' });
    await redeem(code, { orderId: 'o-1' });

    const { touches } = (await app.inject({ url: '/v1/results/grants', headers: asAdmin() })).json();
    expect(touches).toEqual([
      {
        ...{ touch: 'voucher', given: 2, redeemed: 1, share: 0.5 },
        ...{ value: { EUR: 1500 }, cost: { EUR: 750 } },
      },
    ]);
  });
});
