import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { outbox } from '../../data/outbox.ts';
import { suppressions } from '../../data/suppressions.ts';
import { expectSound } from '../support/races.ts';
import { aDatabase, anEvent, aPurchase, aReceive, HOUR, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

describe('two customers who turn out to be one', () => {
  const { receive, receiveOwn } = aReceive();

  /** An older and a younger customer, and the event that tells they are one. */
  const two = async (
    older: Partial<ReturnType<typeof anEvent>>[] = [{}],
    younger: Partial<ReturnType<typeof anEvent>>[] = [{}],
  ) => {
    const [an, bo] = [somebody(), somebody()];
    const [first] = await receive(
      older.map((event) => aPurchase(an, event)),
      'api',
    );
    const [second] = await receive(
      younger.map((event) => aPurchase(bo, event)),
      'api',
    );
    const telling = anEvent({ id: an.id, email: bo.email }, { at: anEvent(an).at + HOUR / 2 });
    return { an, bo, older: first?.customerId ?? '', younger: second?.customerId ?? '', telling };
  };

  it('become the older, by all their names', async () => {
    const { an, bo, older, younger, telling } = await two();

    const [receipt] = await receive([telling], 'api');

    expect(receipt?.customerId).toBe(older);
    expect((await customers.find(`shop:${bo.id}`))?.id).toBe(older);
    expect((await customers.find(younger))?.id).toBe(older);
    expect(await customers.byId(younger)).toMatchObject({ mergedInto: older, externalIds: [] });
    expect((await customers.find(older))?.externalIds).toEqual([`shop:${an.id}`, `shop:${bo.id}`]);
  });

  it('have their events in one row: the younger one’s behind, heard and never acted on', async () => {
    const { older, younger, telling } = await two([{}, {}], [{}, {}, {}]);

    await receive([telling], 'api');

    const row = await events.between(older, 0, 99);
    expect(row.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(row.map(({ acts }) => acts)).toEqual([true, true, false, false, false, true, true]);
    expect(row[5]).toMatchObject({ type: 'merged', data: { from: younger } });
    expect((await customers.byId(older))?.known.orders).toHaveLength(5);
    await expectSound();
  });

  it('keep the stricter of two consents, through a second merge too', async () => {
    const withdrawn = [{ topic: 'news', withdrawn: true }] as const;
    const given = [{ topic: 'news', basis: 'service' }] as const;
    const { an, older, telling } = await two(
      [{ consent: [...withdrawn], at: anEvent(somebody()).at - HOUR }],
      [{ consent: [...given] }],
    );
    await receive([telling], 'api');
    expect((await customers.byId(older))?.known.consents.news?.granted).toBe(false);

    const cas = somebody();
    await receive([anEvent(cas)], 'api');
    await receive([anEvent({ id: an.id, email: cas.email })], 'api');

    expect((await customers.byId(older))?.known.consents.news?.granted).toBe(false);
    await expectSound();
  });

  it('stay two when the event that tells is a repeat', async () => {
    const { an, bo, older, younger } = await two();
    const once = anEvent({ id: an.id });
    await receive([once], 'api');

    const [repeat] = await receive([{ ...once, customer: { id: an.id, email: bo.email } }], 'api');

    expect(repeat).toMatchObject({ customerId: older, duplicate: true });
    expect(await customers.byId(younger)).not.toHaveProperty('mergedInto');
  });

  it('are both handed over, also when a hand-over was under way', async () => {
    const { older, younger, telling } = await two();
    await outbox.lease(99, HOUR, 0);
    await receive([telling], 'api');
    await outbox.delivered({ customerId: older, upTo: 1 });
    await outbox.delivered({ customerId: younger, upTo: 1 });

    const handedOver = await outbox.lease(99, HOUR, HOUR);

    expect(handedOver.find(({ customerId }) => customerId === younger)).toMatchObject({ mergedInto: older });
    expect(handedOver.find(({ customerId }) => customerId === older)?.events.map(({ n }) => n)).toEqual([
      2, 3, 4,
    ]);
  });

  it('are silent if the address that stays is suppressed', async () => {
    const { older, younger, telling } = await two();
    const emailKey = (await customers.byId(younger))?.emailKey ?? '';
    await suppressions.add(emailKey, 'hard bounce', 0);

    await receive([telling], 'api');

    expect(await customers.byId(older)).toMatchObject({ emailKey, suppressed: 'hard bounce' });
  });

  it('take what is asked for the younger as asked for the older', async () => {
    const { older, younger, telling } = await two();
    await receive([telling], 'api');

    const receipt = await receiveOwn(younger, { type: 'pause', at: telling.at });

    expect(receipt.customerId).toBe(older);
    expect((await customers.byId(older))?.known.pause).toBeDefined();
  });

  it('lose and double nothing that is received meanwhile', async () => {
    const pairs = await Promise.all([1, 2, 3].map(() => two()));
    const receivers = Array.from({ length: 4 }, () => aReceive());
    const posted = pairs.flatMap(({ an, bo, telling }) => [
      ...[aPurchase(an), aPurchase(bo), telling, telling, aPurchase(bo)],
      ...[aPurchase({ email: bo.email }), aPurchase({ id: an.id }), anEvent({ id: bo.id, email: an.email })],
    ]);

    const receipts = await Promise.all(
      posted.map((event, i) => receivers[i % 4]?.receive([event], 'api').then(([receipt]) => receipt)),
    );

    expect(receipts.filter((receipt) => receipt?.duplicate)).toHaveLength(pairs.length);
    for (const { older, younger } of pairs) {
      expect((await customers.find(younger))?.id).toBe(older);
    }
    await expectSound();
  });
});
