import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { expectSound } from '../support/races.ts';
import { aDatabase, anEvent, aPurchase, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

describe('receipts at once', () => {
  // Each is another process: what makes requests of one process wait for each other is not shared.
  const processes = Array.from({ length: 4 }, () => aReceive());
  const receiver = (i: number) => processes[i % processes.length] ?? aReceive();

  it('make one customer of somebody new', async () => {
    const an = somebody();
    const posted = Array.from({ length: 8 }, () => anEvent(an));

    const receipts = await Promise.all(posted.map((event, i) => receiver(i).receive([event], 'api')));

    expect(new Set(receipts.flat().map(({ customerId }) => customerId)).size).toBe(1);
    expect(await CustomerModel.countDocuments({ externalIds: `shop:${an.id}` })).toBe(1);
    expect((await customers.find(`shop:${an.id}`))?.n).toBe(8);
  });

  it('make one customer of somebody new who is named by id, by address and by both', async () => {
    const an = somebody();
    const names = [{ id: an.id }, { email: an.email }, an];

    await Promise.all(names.map((name, i) => receiver(i).receive([anEvent(name)], 'api')));

    const named = await customers.find(`shop:${an.id}`);
    expect(named?.emailKey).toBeDefined();
    expect(named?.n).toBeGreaterThanOrEqual(3);
  });

  it('keep an event once, and tell one of the posters so', async () => {
    const an = somebody();
    const purchase = aPurchase(an);

    const receipts = await Promise.all([0, 1, 2].map((i) => receiver(i).receive([purchase], 'api')));

    const [kept, ...repeats] = receipts.flat().sort((a, b) => Number(a.duplicate) - Number(b.duplicate));
    expect([kept?.duplicate, ...repeats.map(({ duplicate }) => duplicate)]).toEqual([false, true, true]);
    expect(new Set(receipts.flat().map(({ customerId }) => customerId)).size).toBe(1);
    expect(await EventModel.countDocuments({ customerId: kept?.customerId ?? '' })).toBe(1);
  });

  it('number 60 events of six customers, each posted three times, without a gap', async () => {
    const people = Array.from({ length: 6 }, somebody);
    const posted = people.flatMap((one) => Array.from({ length: 10 }, () => aPurchase(one)));
    const thrice = posted.flatMap((event) => [event, event, event]);
    const shares = Array.from({ length: 12 }, (_, i) => thrice.filter((_, at) => at % 12 === i));

    const receipts = await Promise.all(shares.map((share, i) => receiver(i).receive(share, 'api')));

    expect(receipts.flat().filter(({ duplicate }) => duplicate)).toHaveLength(120);
    const ids = people.map(({ id }) => customers.find(`shop:${id}`));
    expect((await Promise.all(ids)).map((customer) => customer?.n)).toEqual(people.map(() => 10));
    await expectSound();
  });
});
