import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { aDatabase, anEvent, aPurchase, aReceive, HOUR, somebody } from '../support/shop.ts';

jest.setTimeout(30_000);

beforeAll(aDatabase);
afterAll(disconnect);

describe('receive', () => {
  const { receive, receiveOwn } = aReceive();

  it('makes a customer of somebody new, with what the event tells', async () => {
    const an = somebody();
    const purchase = aPurchase({ ...an, name: { first: 'An' }, locale: 'nl' });

    const [receipt] = await receive([purchase], 'api');

    const customer = await customers.find(`shop:${an.id}`);
    expect(receipt).toEqual({ source: 'shop', id: purchase.id, customerId: customer?.id, duplicate: false });
    expect(customer).toMatchObject({
      n: 1,
      externalIds: [`shop:${an.id}`],
      contact: { version: 0, places: [] },
    });
    expect(customer?.known.profile).toMatchObject({ email: an.email, name: { first: 'An' }, locale: 'nl' });
    expect(customer?.known.orders).toHaveLength(1);
  });

  it('answers a repeated event as a duplicate, and changes nothing', async () => {
    const an = somebody();
    const purchase = aPurchase(an);
    const [first] = await receive([purchase], 'api');
    const before = await customers.find(`shop:${an.id}`);

    const [second] = await receive([{ ...purchase, at: purchase.at - HOUR }], 'api');

    expect(second).toEqual({ ...first, duplicate: true });
    expect(await customers.find(`shop:${an.id}`)).toEqual(before);
  });

  it('numbers the events of a list in its order', async () => {
    const an = somebody();
    const posted = Array.from({ length: 50 }, (_, i) => anEvent(i % 2 ? an : { email: an.email }));

    const receipts = await receive(posted, 'api');

    const kept = await events.between(receipts[0]?.customerId ?? '', 0, 50);
    expect(kept.map(({ n, id }) => `${n} ${id}`)).toEqual(posted.map(({ id }, i) => `${i + 1} shop/${id}`));
  });

  it('lets an event act only when it is fresh, and not imported', async () => {
    const an = somebody();
    const old = anEvent(an, { at: anEvent(an).at - 48 * HOUR });

    await receive([anEvent(an), old], 'api');
    const [imported] = await receive([anEvent(an)], 'import');

    const kept = await events.between(imported?.customerId ?? '', 0, 3);
    expect(kept.map(({ acts }) => acts)).toEqual([true, false, false]);
  });

  it('lets no lag of a time-lapse make an event old', async () => {
    const an = somebody();
    const posted = anEvent(an, { at: anEvent(an).at - 1_000 * HOUR });

    const [receipt] = await aReceive({ speed: 1_000 }).receive([posted], 'api');

    const [kept] = await events.latest(receipt?.customerId ?? '', 1);
    expect(kept?.acts).toBe(true);
  });

  it('gives soft opt-in at a purchase for the topics of the playbook, unless the event says otherwise', async () => {
    const [an, bo] = [somebody(), somebody()];

    await receive([aPurchase(an), aPurchase(bo, { consent: [{ topic: 'news', withdrawn: true }] })], 'api');

    expect((await customers.find(`shop:${an.id}`))?.known.consents.news).toMatchObject({
      basis: 'soft-opt-in',
    });
    expect((await customers.find(`shop:${bo.id}`))?.known.consents.news).toMatchObject({ granted: false });
  });

  it('keeps ids that tell an address as keyed hashes', async () => {
    const [id, email] = ['an@example.org', somebody().email];

    const [receipt] = await receive(
      [aPurchase({ id, email }, { id: 'p-an@example.org', orderId: 'o-an@example.org' })],
      'api',
    );

    const customer = await customers.byId(receipt?.customerId ?? '');
    const [event] = await events.latest(customer?.id ?? '', 1);
    expect(receipt?.id).toBe('p-an@example.org');
    expect(JSON.stringify([customer?.externalIds, event?.id, event?.data])).not.toContain('example.org');
  });

  it('keeps what is data as data', async () => {
    const an = somebody();
    const item = { sku: '$5.off', name: '$name', quantity: 1, price: 5 };
    const odd = { $: 'x' };
    const purchase = aPurchase(an, { data: { orderId: '$o.1', total: 5, currency: 'EUR', items: [item] } });
    const refund = anEvent(an, { type: 'refund', data: { orderId: '$o.1', items: [item] } });
    const own = anEvent(an, { type: 'quiz', data: { 'a.b': { 'c.$d': [odd.$] }, empty: {} } });

    await receive([purchase, refund, own], 'api');

    const customer = await customers.find(`shop:${an.id}`);
    const [last] = await events.latest(customer?.id ?? '', 1);
    expect(customer?.known.orders[0]).toMatchObject({ id: '$o.1', refunded: { '$5.off': 1 } });
    expect(last?.data).toEqual(own.data);
  });

  it('keeps an event of our own for the customer of an id', async () => {
    const [receipt] = await receive([anEvent(somebody())], 'api');

    const own = await receiveOwn(receipt?.customerId ?? '', {
      type: 'pause',
      at: 5,
      data: { because: 'asked' },
    });

    expect((await customers.byId(own.customerId))?.known.pause).toEqual({});
    expect(await events.byId(`rapport/${own.id}`)).toMatchObject({ n: 2, type: 'pause', acts: true });
    await expect(receiveOwn('nobody', { type: 'pause', at: 5 })).rejects.toThrow('no customer nobody');
  });
});
