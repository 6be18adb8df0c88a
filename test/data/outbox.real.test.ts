import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { outbox } from '../../data/outbox.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const LEASE = 1_000;

jest.setTimeout(30_000);

beforeAll(aDatabase);
beforeEach(() => CustomerModel.deleteMany());
afterAll(disconnect);

describe('outbox', () => {
  const { receive } = aReceive();

  it('hands over what was not handed over yet, in order', async () => {
    const [an, bo] = [somebody(), somebody()];
    const [first] = await receive([anEvent(an), anEvent(bo), anEvent(an, { type: 'sign-up' })], 'api');

    const [one, other] = await outbox.lease(9, LEASE, 0);

    const mine = [one, other].find((handOver) => handOver?.customerId === first?.customerId);
    expect(mine).toMatchObject({ from: 0, upTo: 2, erased: false });
    expect(mine?.events.map(({ n, type }) => `${n} ${type}`)).toEqual(['1 visit', '2 sign-up']);
  });

  it('says nothing of what was delivered', async () => {
    const an = somebody();
    const [receipt] = await receive([anEvent(an)], 'api');
    await outbox.lease(9, LEASE, 0);
    await outbox.delivered({ customerId: receipt?.customerId ?? '', upTo: 1 });

    expect(await outbox.lease(9, LEASE, 0)).toEqual([]);

    await receive([anEvent(an)], 'api');
    const [handOver] = await outbox.lease(9, LEASE, 0);
    expect(handOver).toMatchObject({ from: 1, upTo: 2, events: [{ n: 2 }] });
  });

  it('keeps what came while a hand-over was under way', async () => {
    const an = somebody();
    const [receipt] = await receive([anEvent(an)], 'api');
    await outbox.lease(9, LEASE, 0);
    await receive([anEvent(an)], 'api');

    await outbox.delivered({ customerId: receipt?.customerId ?? '', upTo: 1 });

    expect(await outbox.lease(9, LEASE, 0)).toMatchObject([{ from: 1, upTo: 2, events: [{ n: 2 }] }]);
  });

  it('never goes back when an earlier hand-over is noted late', async () => {
    const an = somebody();
    const [receipt] = await receive([anEvent(an), anEvent(an)], 'api');
    await outbox.delivered({ customerId: receipt?.customerId ?? '', upTo: 2 });
    await outbox.delivered({ customerId: receipt?.customerId ?? '', upTo: 1 });
    await receive([anEvent(an)], 'api');

    expect(await outbox.lease(9, LEASE, 0)).toMatchObject([{ from: 2, upTo: 3 }]);
  });

  it('gives each customer to one of many relays, until its lease ends', async () => {
    await receive(
      Array.from({ length: 20 }, () => anEvent(somebody())),
      'api',
    );

    const leased = await Promise.all([1, 2, 3, 4].map(() => outbox.lease(20, LEASE, 0)));

    const ids = leased.flat().map(({ customerId }) => customerId);
    expect(ids.length).toBe(20);
    expect(new Set(ids).size).toBe(20);
    expect(await outbox.lease(20, LEASE, LEASE - 1)).toEqual([]);
    expect(await outbox.lease(20, LEASE, LEASE)).toHaveLength(20);
  });

  it('lets those go first who were not tried, after a release', async () => {
    const [an, bo] = [somebody(), somebody()];
    await receive([anEvent(an)], 'api');
    const [failed] = await outbox.lease(1, LEASE, 0);
    await outbox.release(failed?.customerId ?? '');
    const [later] = await receive([anEvent(bo)], 'api');

    expect(await outbox.lease(1, LEASE, 1)).toMatchObject([{ customerId: later?.customerId }]);
    expect(await outbox.lease(1, LEASE, 1)).toMatchObject([
      { customerId: failed?.customerId, events: [{ n: 1 }] },
    ]);
  });

  it('waits with what nobody listens to for the next that is heard', async () => {
    const { receive } = aReceive({ relevant: (type) => type !== 'visit' });
    const an = somebody();

    await receive([anEvent(an)], 'api');
    expect(await outbox.lease(9, LEASE, 0)).toEqual([]);

    await receive([anEvent(an, { type: 'sign-up' })], 'api');
    expect(await outbox.lease(9, LEASE, 0)).toMatchObject([{ upTo: 2, events: [{ n: 1 }, { n: 2 }] }]);
  });
});
