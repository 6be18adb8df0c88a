import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AwaitedModel, awaited } from '../../data/awaited.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { eraseAll } from '../../data/erasing.ts';
import { erasures } from '../../data/erasures.ts';
import { PrivacyRequestModel, privacyRequests } from '../../data/privacy-requests.ts';
import { createReceiveRequest } from '../../data/receive-request.ts';
import { suppressions } from '../../data/suppressions.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import { keyedHash } from '../../domain/hash.ts';
import type { PrivacyRequest } from '../../domain/privacy-request.ts';
import { findIn } from '../support/needles.ts';
import { aDatabase, anEvent, aPurchase, aReceive, NOW, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

const { receive } = aReceive();
const receiveRequest = createReceiveRequest({ hashKey: 'key', erasesByHand: false });
const byHand = createReceiveRequest({ hashKey: 'key', erasesByHand: true });

type Somebody = ReturnType<typeof somebody>;

/** Somebody who bought; by our own id. */
async function bought(an: Partial<Somebody>, source = 'shop'): Promise<string> {
  const [receipt] = await receive([{ ...aPurchase(an), source }], 'api');
  return receipt?.customerId ?? '';
}

function asks({ id, email }: Partial<Somebody>, asked: Partial<PrivacyRequest> = {}): PrivacyRequest {
  const named = { ...(id !== undefined && { customerId: id }), ...(email !== undefined && { email }) };
  const about = `shop/erase-customer/1/${id ?? email}`;
  return {
    id: about,
    kind: 'erase-customer',
    source: 'shop',
    shop: 'a.example',
    orders: [],
    ...named,
    ...asked,
  };
}

async function workOff(): Promise<void> {
  for (let erasure = await erasures.lease(Date.now(), 60_000); erasure; ) {
    expect(await eraseAll(erasure)).toBeUndefined();
    await erasures.done(erasure.customerId, Date.now());
    erasure = await erasures.lease(Date.now(), 60_000);
  }
}

describe('receiveRequest', () => {
  it('erases whom a shop names, and keeps that it did without a word of whom', async () => {
    const an = somebody();
    const customerId = await bought(an);
    const request = asks(an, { orders: ['o-1'] });
    await awaited.keep('shop/order:o-1', [{ ...anEvent({}), at: new Date(NOW).toISOString() }], NOW);

    const { id, answer } = await receiveRequest(request, NOW);

    expect(answer).toEqual({ how: 'erased', by: 'shop', erased: [customerId] });
    expect(await customers.byId(customerId)).toMatchObject({ erased: true, externalIds: [] });
    expect(await suppressions.reason(keyedHash('key', an.email))).toBe('erased');
    expect(await AwaitedModel.countDocuments({ order: 'shop/order:o-1' })).toBe(0);
    await workOff();
    expect(await findIn([an.id, an.email, request.id])).toEqual([]);
    expect(await PrivacyRequestModel.findById(id).lean()).toEqual({
      ...{ _id: id, kind: 'erase-customer', source: 'shop', shop: 'a.example', orders: [], answer },
      ...{ askedAt: new Date(NOW), answeredAt: new Date(NOW) },
    });
  });

  it('answers once, however often and at once it is told; who ordered again meanwhile stays', async () => {
    const an = somebody();
    const customerId = await bought(an);

    const told = await Promise.all([1, 2, 3, 4].map(() => receiveRequest(asks(an), NOW)));
    await workOff();
    const back = await bought(an);
    const again = await receiveRequest(asks(an), NOW + 1);

    for (const one of [...told, again]) expect(one).toEqual(told[0]);
    expect(told[0]?.answer?.erased).toEqual([customerId]);
    expect(await customers.byId(back)).not.toHaveProperty('erased');
  });

  it('answers as done where nobody here is meant', async () => {
    const an = somebody();

    const { id, answer } = await receiveRequest(asks(an), NOW);

    expect(answer).toEqual({ how: 'not-known', by: 'shop', erased: [] });
    expect(await privacyRequests.open()).toEqual([]);
    expect((await privacyRequests.closed(100)).map((one) => one.id)).toContain(id);
    expect(await findIn([an.id, an.email])).toEqual([]);
  });

  it('erases both whom the id names and whom the address names, where we met one person as two', async () => {
    const an = somebody();
    const [here, there] = [await bought({ id: an.id }), await bought({ email: an.email }, 'till')];

    const { answer } = await receiveRequest(asks(an), NOW);

    expect(answer?.erased.toSorted()).toEqual([here, there].toSorted());
    await workOff();
    expect(await findIn([an.id, an.email])).toEqual([]);
  });

  it('leaves alone whom the shop calls otherwise, at the same address', async () => {
    const heir = somebody();
    const customerId = await bought(heir);

    const { answer } = await receiveRequest(asks({ ...somebody(), email: heir.email }), NOW);

    expect(answer?.how).toBe('not-known');
    expect(await customers.byId(customerId)).not.toHaveProperty('erased');
  });

  it('keeps what asks for data for a person, and forgets whom it is about once they answered it', async () => {
    const an = somebody();
    const customerId = await bought(an);

    const { id, answer } = await receiveRequest(asks(an, { kind: 'tell-data' }), NOW);

    expect(answer).toBeUndefined();
    expect(await privacyRequests.find(id)).toMatchObject({ customerId: an.id, email: an.email });
    expect(await customers.byId(customerId)).not.toHaveProperty('erased');
    expect(await privacyRequests.answered(id, 'anna', NOW + 1)).toBe(true);
    await receiveRequest(asks(an, { kind: 'tell-data' }), NOW + 2); // a replay
    const news = { about: 'tell-data', request: id, source: 'shop' };
    expect(await TeamMailModel.find({ 'news.request': id }, { news: 1 }).lean()).toEqual([
      { _id: `request/${id}`, news },
    ]);
    const kept = await PrivacyRequestModel.findById(id).lean();
    expect(kept).toMatchObject({ answer: { how: 'by-hand', by: 'anna' }, answeredAt: new Date(NOW + 1) });
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${an.id}|${an.email}`));
  });

  it('leaves the erasing to a person where that is asked, who may do it later', async () => {
    const an = somebody();
    const customerId = await bought(an);

    const { id, answer } = await byHand(asks(an), NOW);

    expect(answer).toBeUndefined();
    expect(await privacyRequests.find(id)).toMatchObject({ customerId: an.id });
    expect(await customers.byId(customerId)).not.toHaveProperty('erased');
    expect(await receiveRequest(asks(an), NOW + 1)).toMatchObject({ id, answer: { how: 'erased' } });
    expect((await PrivacyRequestModel.findById(id).lean())?.askedAt).toEqual(new Date(NOW));
    await workOff();
    expect(await findIn([an.id, an.email])).toEqual([]);
  });

  it('closes what waits for a person once its customer is erased by another way', async () => {
    const an = somebody();
    const customerId = await bought(an);
    const [erase, data] = [await byHand(asks(an), NOW), await byHand(asks(an, { kind: 'tell-data' }), NOW)];

    await erasures.ask(customerId, 'the key of the till', NOW);
    await workOff();

    const answer = { how: 'erased', by: 'the key of the till', erased: [customerId] };
    for (const { id } of [erase, data]) {
      expect(await PrivacyRequestModel.findById(id).lean()).toMatchObject({ answer, orders: [] });
    }
    expect(await findIn([an.id, an.email])).toEqual([]);
  });

  it('keeps nothing of a request whose id may name who asked', async () => {
    const an = somebody();
    await bought(an);
    await privacyRequests.keep(asks(an), NOW); // as it was kept once

    await receiveRequest(asks(an), NOW);
    await workOff();

    expect(await PrivacyRequestModel.exists({ _id: asks(an).id })).toBeNull();
  });
});
