import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { outbox } from '../../data/outbox.ts';
import { createReceiveHistory } from '../../data/receive-history.ts';
import { suppressions } from '../../data/suppressions.ts';
import { keyedHash } from '../../domain/hash.ts';
import {
  aClock,
  aDatabase,
  anEvent,
  aPlaybook,
  aPurchase,
  aReceive,
  HOUR,
  somebody,
} from '../support/shop.ts';

jest.setTimeout(30_000);

beforeAll(aDatabase);
afterAll(disconnect);

const receiveHistory = createReceiveHistory({
  ...{ hashKey: 'key', clock: aClock(), playbook: async () => aPlaybook() },
});
const { receive } = aReceive();

const ref = ({ id }: { readonly id: string }) => `shop:${id}`;

describe('receiveHistory', () => {
  it('keeps what a customer did under numbers without a gap, and folds all of it', async () => {
    const an = somebody();
    await receiveHistory([aPurchase(an, { orderId: 'o-1' }), anEvent(an, { type: 'profile' })]);
    const kept = await receiveHistory([aPurchase(an, { orderId: 'o-2' }), aPurchase(an, { orderId: 'o-3' })]);

    const customer = await customers.find(ref(an));
    const numbers = await EventModel.find({ customerId: customer?.id ?? '' }, { n: 1, acts: 1 }).sort({
      n: 1,
    });
    expect(kept).toEqual({ kept: 2, duplicates: 0 });
    expect(customer?.known.orders.map(({ id }) => id).sort()).toEqual(['o-1', 'o-2', 'o-3']);
    expect(numbers.map(({ n, acts }) => `${n} ${acts}`)).toEqual([
      '1 false',
      '2 false',
      '3 false',
      '4 false',
    ]);
  });

  it('comes to the same facts as one event after the other', async () => {
    const [an, bo] = [somebody(), somebody()];
    const lifeOf = (who: typeof an) => [
      anEvent({ email: who.email }, { type: 'sign-up', at: 1_700_000_000_000 }),
      aPurchase({ id: who.id }, { orderId: 'o-1', at: 1_600_000_000_000 }),
      anEvent(who, { type: 'profile', at: 1_650_000_000_000 }),
      aPurchase({ ...who, name: { first: 'An' } }, { orderId: 'o-2', at: 1_690_000_000_000 }),
    ];
    await receiveHistory(lifeOf(an));
    for (const event of lifeOf(bo)) await receive([event], 'import');

    const told = (who: typeof an, text: string) =>
      text.replaceAll(who.email, 'email').replaceAll(keyedHash('key', who.email), 'key');
    const known = await Promise.all(
      [an, bo].map(async (who) => told(who, JSON.stringify((await customers.find(ref(who)))?.known))),
    );
    expect(known[0]).toEqual(known[1]);
    expect(known[0]).toContain('o-2');
  });

  it('gives no consent by what was bought', async () => {
    const [an, bo] = [somebody(), somebody()];
    await receiveHistory([aPurchase(an)]);
    await receive([aPurchase(bo)], 'api');

    expect((await customers.find(ref(an)))?.known.consents).toEqual({});
    expect((await customers.find(ref(bo)))?.known.consents).toMatchObject({ news: { basis: 'soft-opt-in' } });
  });

  it('makes one of two customers who turn out to be one, within a portion too', async () => {
    const an = somebody();
    const before = await receiveHistory([
      anEvent({ id: an.id }, { type: 'profile' }),
      anEvent({ email: an.email }, { type: 'sign-up' }),
      aPurchase(an, { orderId: 'o-9' }),
    ]);

    const customer = await customers.find(ref(an));
    expect(before).toEqual({ kept: 3, duplicates: 0 });
    expect(customer).toMatchObject({ emailKey: keyedHash('key', an.email), n: 4 });
    expect(customer?.known.orders).toHaveLength(1);
  });

  it('counts what several import at once, each once', async () => {
    const events = Array.from({ length: 60 }, (_, i) => aPurchase(somebody(), { orderId: `o-${i}` }));
    const kept = await Promise.all([receiveHistory(events), receiveHistory(events), receiveHistory(events)]);

    expect(kept.reduce((sum, one) => sum + one.kept, 0)).toBe(60);
    expect(kept.reduce((sum, one) => sum + one.duplicates, 0)).toBe(120);
  });

  it('marks who uses an address that is suppressed, whichever comes first', async () => {
    const [an, bo] = [somebody(), somebody()];
    const told = ({ email }: { readonly email: string }) => {
      return { emailKey: keyedHash('key', email), reason: 'imported', at: 0 };
    };
    await receiveHistory([anEvent(an, { type: 'profile' })]);
    const first = await suppressions.addAll([told(an), told(bo)]);
    await receiveHistory([anEvent(bo, { type: 'profile' })]);
    const again = await suppressions.addAll([told(an), told(bo)]);

    expect([first, again]).toEqual([2, 0]);
    expect((await customers.find(ref(an)))?.suppressed).toBe('imported');
    expect((await customers.find(ref(bo)))?.suppressed).toBe('imported');
  });
});

describe('outbox', () => {
  it('hands history over apart, and at once with the first news of its customer', async () => {
    await CustomerModel.deleteMany();
    const [an, bo, cas] = [somebody(), somebody(), somebody()];
    await receiveHistory([aPurchase(an), aPurchase(bo)]);
    await receive([aPurchase(cas)], 'api');
    await receive([anEvent(bo, { type: 'sign-up' })], 'api');
    await receiveHistory([aPurchase(cas, { at: 1_600_000_000_000 })]);

    const [news, history] = [await outbox.lease(9, HOUR, 0), await outbox.leaseBackground(9, HOUR, 0)];
    const idOf = async (who: typeof an) => (await customers.find(ref(who)))?.id;
    expect(news.map(({ customerId, upTo }) => [customerId, upTo])).toEqual([
      [await idOf(bo), 2],
      [await idOf(cas), 2],
    ]);
    expect(history.map(({ customerId }) => customerId)).toEqual([await idOf(an)]);

    const [first] = history;
    expect(await outbox.unheard([first?.customerId ?? ''])).toBe(0); // nothing was told yet
    await outbox.delivered({ customerId: first?.customerId ?? '', upTo: 1 });
    expect(await outbox.unheard([first?.customerId ?? ''])).toBe(1);
    expect(await outbox.leaseBackground(9, HOUR, HOUR + 1)).toEqual([]);
  });
});
