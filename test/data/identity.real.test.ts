import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { aDatabase, anEvent, aReceive, HOUR, somebody } from '../support/shop.ts';

jest.setTimeout(30_000);

beforeAll(aDatabase);
afterAll(disconnect);

describe('who an event is about', () => {
  const { receive, receiveOwn } = aReceive();

  const idOf = async (...posted: Parameters<typeof anEvent>) => {
    const [receipt] = await receive([anEvent(...posted)], 'api');
    return receipt?.customerId ?? '';
  };

  it('is told by the id of the shop, by the address, or by both', async () => {
    const an = somebody();

    const id = await idOf(an);

    expect(await idOf({ id: an.id })).toBe(id);
    expect(await idOf({ email: an.email })).toBe(id);
    expect(await idOf({ email: ` ${an.email.toUpperCase()} ` })).toBe(id);
    expect(await idOf({ id: an.id }, { source: 'till' })).not.toBe(id);
  });

  it('attaches the id of another source to the customer of the address', async () => {
    const an = somebody();
    const id = await idOf(an);

    expect(await idOf({ id: '7', email: an.email }, { source: `till-${an.id}` })).toBe(id);

    expect((await customers.find(`till-${an.id}:7`))?.externalIds).toEqual([
      `shop:${an.id}`,
      `till-${an.id}:7`,
    ]);
  });

  it('leaves an address with the account of the same shop that uses it', async () => {
    const [an, bo] = [somebody(), somebody()];
    const id = await idOf(an);

    const other = await idOf({ id: bo.id, email: an.email });

    expect(other).not.toBe(id);
    expect((await customers.byId(other))?.emailKey).toBeUndefined();
    expect((await customers.byId(other))?.known.profile.email).toBeUndefined();
  });

  it('keeps the customer when the address changes, and voids the consent given for the old one', async () => {
    const an = somebody();
    const news = { topic: 'news', basis: 'consent' } as const;
    const id = await idOf(an, { consent: [news], at: anEvent(an).at - HOUR });

    expect(await idOf({ id: an.id, email: `new-${an.email}` })).toBe(id);

    const known = (await customers.byId(id))?.known;
    expect(known?.profile.email).toBe(`new-${an.email}`);
    expect(known?.consents.news?.granted).toBe(false);
    expect(await idOf({ email: an.email })).not.toBe(id); // free again
  });

  it('does not go back to an older address when an event comes late', async () => {
    const an = somebody();
    const id = await idOf(an);

    await idOf({ id: an.id, email: `old-${an.email}` }, { at: anEvent(an).at - HOUR });

    expect(await idOf({ email: an.email })).toBe(id);
    expect((await customers.byId(id))?.known.profile.email).toBe(an.email);
  });

  it('takes a new address from a marketer too', async () => {
    const an = somebody();
    const id = await idOf(an);

    await receiveOwn(id, { type: 'profile', at: anEvent(an).at + 1, customer: { email: `new-${an.email}` } });

    expect(await idOf({ email: `new-${an.email}` })).toBe(id);
  });

  it('is nobody when an id of ours is unknown, whoever uses the address', async () => {
    const { email } = somebody();
    await idOf({ email });

    const own = receiveOwn('nobody', { type: 'profile', at: 0, customer: { email } });

    await expect(own).rejects.toThrow('no customer nobody');
  });
});

describe('start', () => {
  const { receive, receiveOwn, start } = aReceive();
  const wish = (customer: ReturnType<typeof somebody>) => ({
    ...{ source: 'shop', customer, because: 'fair-2026', welcome: true },
    at: anEvent(customer).at,
  });

  it('begins the journey of somebody new, as an event', async () => {
    const an = somebody();

    const { customerId, started } = await start(wish(an));

    expect(started).toBe(true);
    expect(await customers.find(`shop:${an.id}`)).toMatchObject({ id: customerId, n: 1 });
  });

  it('changes nothing for a customer whose journey is under way', async () => {
    const an = somebody();
    const [receipt] = await receive([anEvent(an)], 'api');
    const before = await customers.find(`shop:${an.id}`);

    expect(await start(wish(an))).toEqual({ customerId: receipt?.customerId, started: false });

    expect(await customers.find(`shop:${an.id}`)).toEqual(before);
  });

  it('begins anew after an end', async () => {
    const an = somebody();
    const { customerId } = await start(wish(an));
    await receiveOwn(customerId, { type: 'end', at: anEvent(an).at });

    const again = await start({ ...wish(an), at: anEvent(an).at + 1 });

    expect(again).toEqual({ customerId, started: true });
    expect((await customers.byId(customerId))?.known.ended).toBeFalsy();
  });

  it('begins once when it is asked for several times at once', async () => {
    const an = somebody();

    const begun = await Promise.all([1, 2, 3, 4, 5].map(() => start(wish(an))));

    expect(begun.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(begun.map(({ customerId }) => customerId)).size).toBe(1);
    expect((await customers.find(`shop:${an.id}`))?.n).toBe(1);
  });
});
