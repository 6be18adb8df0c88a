import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { eraseAll } from '../../data/erasing.ts';
import { events } from '../../data/events.ts';
import { PointEntryModel, pointEntries } from '../../data/point-entries.ts';
import { createReceiveHistory } from '../../data/receive-history.ts';
import { pointsEvent, pointsEventId } from '../../domain/loyalty-requests.ts';
import { standingAt } from '../../domain/points.ts';
import { aLoyalty } from '../support/loyalty.ts';
import {
  aClock,
  aDatabase,
  anEvent,
  aPlaybook,
  aPurchase,
  aReceive,
  HOUR,
  NOW,
  somebody,
} from '../support/shop.ts';

jest.setTimeout(60_000);
beforeAll(aDatabase);
afterAll(disconnect);

const AT_ONCE = {
  pendingAtMost: {},
  earn: { ...aLoyalty().points?.earn, birthdays: { on: 'birthday', points: 25 } },
};
const playbook = { ...aPlaybook(), loyalty: aLoyalty(AT_ONCE) };
const { receive, receiveOwn } = aReceive({ playbook });

/** A customer with an order of €29.33. */
async function aMember(person = somebody()) {
  const purchase = aPurchase(person);
  const [receipt] = await receive([purchase], 'api');
  return { person, purchase, id: receipt?.customerId ?? '' };
}

const byHand = (requestId: string, points: number, reason = 'spent', at = NOW) => {
  const request = { requestId, points, reason };
  return [pointsEvent(request, 'till', at), pointsEventId(request)] as const;
};

/** What the customer's copy says, and what the ledger itself adds up to. */
async function pointsOf(id: string) {
  const member = await customers.byId(id);
  const lines = await pointEntries.ofCustomer(id, 100);
  const ledger = lines.reduce((sum, { points }) => sum + points, 0);
  return { balance: standingAt(member?.membership, NOW + HOUR).balance, ledger };
}

const refused = async (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));

describe('pointEntries', () => {
  it('hold what an event earned once, however often and however much at once it is told', async () => {
    const person = somebody();
    const purchase = aPurchase(person);

    const told = await Promise.all(Array.from({ length: 5 }, () => receive([purchase], 'api')));
    const id = told[0]?.[0]?.customerId ?? '';
    await receive([purchase], 'api');

    expect(await pointsOf(id)).toEqual({ balance: 29, ledger: 29 });
    expect(await PointEntryModel.countDocuments({ customerId: id })).toBe(1);
  });

  it('never let more be spent than there is, however many spend at once', async () => {
    const { id } = await aMember();

    const asked = Array.from({ length: 8 }, (_, i) => receiveOwn(id, ...byHand(`${id}-${i}`, -10)));
    const outcomes = await Promise.allSettled(asked);

    expect(await refused(outcomes)).toEqual(Array(6).fill('PointsShort: 9 points can be spent'));
    expect(await pointsOf(id)).toEqual({ balance: 9, ledger: 9 });
  });

  it('never let the same points be spent twice, also by what was asked first and comes last', async () => {
    const { id } = await aMember();

    await receiveOwn(id, ...byHand(`${id}-quick`, -29, 'spent', NOW + 2));
    const slow = receiveOwn(id, ...byHand(`${id}-slow`, -29, 'spent', NOW + 1));

    await expect(slow).rejects.toThrow('0 points can be spent');
    expect(await pointsOf(id)).toEqual({ balance: 0, ledger: 0 });
  });

  it('spend once for one request, though nothing is left for another', async () => {
    const { id } = await aMember();
    const spend = () => receiveOwn(id, ...byHand(`${id}-all`, -29));

    const receipts = [await spend(), ...(await Promise.all([spend(), spend(), spend()]))];

    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, true, true, true]);
    expect(await pointsOf(id)).toEqual({ balance: 0, ledger: 0 });
  });

  it('keep nothing of what is refused, and are no stranger’s', async () => {
    const [stranger] = await receive([anEvent(somebody())], 'api');
    const { id } = await aMember();

    await expect(receiveOwn(id, ...byHand(`${id}-too`, -30))).rejects.toThrow('29 points can be spent');
    await expect(receiveOwn(stranger?.customerId ?? '', ...byHand(`${id}-no`, 5, 'sorry'))).rejects.toThrow(
      'no member',
    );

    expect(await events.byId(`rapport/points/${id}-too`)).toBeUndefined();
    expect((await customers.byId(id))?.n).toBe(1);
  });

  it('are added to, and never changed', async () => {
    const { id } = await aMember();

    await expect(PointEntryModel.updateOne({ customerId: id }, { points: 1_000 })).rejects.toThrow(
      'only ever added to',
    );
  });

  it('give the points of a birthday once a year, and once where two customers turn out to be one', async () => {
    const [an, bo] = [await aMember(), await aMember()];
    const birthday = { type: 'points', at: NOW, data: { of: 'birthday', occasion: '2026' } };
    for (const { id } of [an, an, bo]) await receiveOwn(id, birthday, `points/birthday/${id}/2026`);
    expect((await pointsOf(an.id)).balance).toBe(54);

    await receive([anEvent({ id: an.person.id, email: bo.person.email })], 'api');

    expect(await pointsOf(an.id)).toEqual({ balance: 83, ledger: 83 });
    expect(await PointEntryModel.countDocuments({ customerId: bo.id })).toBe(0);
  });

  it('count an order once that both had told of, when they turn out to be one', async () => {
    const [an, bo] = [await aMember(), await aMember()];
    const { orderId } = an.purchase.data ?? {};
    await receive([aPurchase(bo.person, { orderId: String(orderId) })], 'api');
    expect((await pointsOf(bo.id)).balance).toBe(58);

    await receive([anEvent({ id: an.person.id, email: bo.person.email })], 'api');
    await receive([anEvent(an.person, { type: 'cancelled', data: { orderId: String(orderId) } })], 'api');

    expect(await pointsOf(an.id)).toEqual({ balance: 29, ledger: 29 });
  });

  it('are earned by history only where the programme says so', async () => {
    const [an, bo] = [somebody(), somebody()];
    const historyOf = (loyalty = playbook.loyalty) =>
      createReceiveHistory({
        hashKey: 'key',
        clock: aClock(),
        playbook: async () => ({ ...playbook, loyalty }),
      });

    await historyOf()([aPurchase(an), aPurchase(an)]);
    await historyOf(aLoyalty({ ...AT_ONCE, history: true }))([aPurchase(bo), aPurchase(bo)]);

    const idOf = async ({ id }: { readonly id: string }) => (await customers.find(`shop:${id}`))?.id ?? '';
    expect(await pointsOf(await idOf(an))).toEqual({ balance: 0, ledger: 0 });
    expect(await pointsOf(await idOf(bo))).toEqual({ balance: 58, ledger: 58 });
  });

  it('go with whoever is erased', async () => {
    const { id } = await aMember();

    await eraseAll({ members: [id], addressKeys: [], externalIds: [], emails: [] });

    expect(await pointEntries.ofCustomer(id, 10)).toEqual([]);
  });
});
