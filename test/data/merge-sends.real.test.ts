import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { sends } from '../../data/sends.ts';
import { sendKey } from '../../domain/send.ts';
import { aMail, aTask, LEASE } from '../support/asked-sends.ts';
import { aClaim, aTransmission, takesPlace } from '../support/attempts.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

const ACCEPTED = { kind: 'accepted' } as const;
const MERGED = { kind: 'settled', outcome: { kind: 'skipped', reason: 'merged' } };

describe('a mail to one of two customers who turn out to be one', () => {
  const { receive } = aReceive();

  /** The same touch to an older and a younger customer, and what makes one of them. */
  const two = async () => {
    const [an, bo] = [somebody(), somebody()];
    const [older] = await receive([anEvent(an)], 'api');
    const [younger] = await receive([anEvent(bo)], 'api');
    return {
      ...{ an, bo },
      older: aTask({ customerId: older?.customerId ?? '' }),
      younger: aTask({ customerId: younger?.customerId ?? '' }),
      merge: () => receive([anEvent({ id: an.id, email: bo.email })], 'api'),
    };
  };

  it('that has left is not sent again', async () => {
    const { older, younger, merge } = await two();
    await sends.settle(await aTransmission(younger), ACCEPTED, {}, 1);

    await merge();

    expect(await sends.claim(older, 2, LEASE)).toEqual(MERGED);
  });

  it('that was unknown, skipped or on its way is not sent again', async () => {
    const { older, younger, merge } = await two();
    const at = (occasion: string) => ({ older: { ...older, occasion }, younger: { ...younger, occasion } });
    await sends.settle(await aTransmission(at('2').younger), { kind: 'unknown' }, {}, 1);
    await sends.settle(await aClaim(at('3').younger), { kind: 'skipped', reason: 'expired' }, {}, 1);
    await aTransmission(at('4').younger);

    await merge();

    for (const occasion of ['2', '3', '4']) {
      expect(await sends.claim(at(occasion).older, 2, LEASE)).toEqual(MERGED);
    }
  });

  it('that was put off, or claimed without a place, can be sent to the older', async () => {
    const { older, younger, merge } = await two();
    await sends.settle(await aClaim(younger), { kind: 'postponed', reason: 'cap' }, {}, 1);
    const other = { touch: 'welcome', occasion: '1' };
    await aClaim({ ...younger, ...other });

    await merge();

    await aClaim(older);
    await aClaim({ ...older, ...other });
    expect(await takesPlace({ ...younger, ...other })).toBe(false); // so it never leaves
  });

  it('that may still leave, as it holds a place, is the only one', async () => {
    const { older, younger, merge } = await two();
    const underWay = await aClaim(younger);
    await takesPlace(younger);

    await merge();

    expect(await sends.claim(older, 2, LEASE)).toEqual(MERGED);
    expect(await sends.transmitting(underWay, aMail())).toBe(true);
    await sends.settle(underWay, ACCEPTED, {}, 2);
    expect(await sends.ofCustomer(older.customerId, 9)).toMatchObject([
      { _id: sendKey(younger), state: 'accepted' },
    ]);
  });

  it('frees the older’s place when it does not leave after all', async () => {
    const { older, younger, merge } = await two();
    const underWay = await aClaim(younger);
    await takesPlace(younger);
    await merge();
    expect((await customers.byId(older.customerId))?.contact.places).toHaveLength(1);

    await sends.settle(underWay, { kind: 'rejected', class: 'hard' }, {}, 2);

    expect((await customers.byId(older.customerId))?.contact.places).toEqual([]);
  });

  it('stops an attempt at the older that has not begun to transmit', async () => {
    const { older, younger, merge } = await two();
    await sends.settle(await aTransmission(younger), ACCEPTED, {}, 1);
    const underWay = await aClaim(older);
    await takesPlace(older);

    await merge();

    expect(await sends.transmitting(underWay, aMail())).toBe(false);
    expect(await sends.settle(underWay, { kind: 'delayed', until: 9 }, {}, 2)).toEqual(MERGED.outcome);
    expect((await customers.byId(older.customerId))?.contact.places).toEqual([]);
  });

  it('leaves alone what the older has got already', async () => {
    const { older, younger, merge } = await two();
    await sends.settle(await aTransmission(younger), ACCEPTED, {}, 1);
    const underWay = await aTransmission(older);

    await merge();

    expect(await sends.settle(underWay, ACCEPTED, {}, 2)).toEqual(ACCEPTED);
    expect(await sends.ofCustomer(older.customerId, 9)).toHaveLength(2);
  });

  it('is not sent again after a second merge either', async () => {
    const cas = somebody();
    const [first] = await receive([anEvent(cas)], 'api');
    const { an, younger, merge } = await two();
    await sends.settle(await aTransmission(younger), ACCEPTED, {}, 1);
    await merge();

    const [receipt] = await receive([anEvent({ id: an.id, email: cas.email })], 'api');

    expect(receipt?.customerId).toBe(first?.customerId);
    expect(await sends.claim(aTask({ customerId: first?.customerId ?? '' }), 2, LEASE)).toEqual(MERGED);
    const listed = await sends.ofCustomer(first?.customerId ?? '', 9);
    expect(listed.map(({ _id }) => _id)).toEqual([sendKey(younger)]);
  });

  it.each([0, 20, 40, 60, 80, 100, 120])('leaves at most once when it is begun %i ms later', async (ms) => {
    const { older, younger, merge } = await two();

    const early = setTimeout(ms).then(() => leaves(younger));
    const late = setTimeout(60)
      .then(merge)
      .then(() => leaves(older)); // the older's journey has heard of it

    expect(await Promise.all([early, late])).not.toEqual([true, true]);
  });
});

/** Attempts a send as a worker does; answers whether it left. */
async function leaves(task: ReturnType<typeof aTask>): Promise<boolean> {
  const claim = await sends.claim(task, 0, LEASE);
  if (claim.kind === 'settled' || !(await takesPlace(task))) return false;
  const isLeaving = await sends.transmitting(claim, aMail());
  if (isLeaving) await sends.settle(claim, ACCEPTED, {}, 1);
  return isLeaving;
}
