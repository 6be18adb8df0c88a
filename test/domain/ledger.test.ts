import { describe, expect, it } from '@jest/globals';
import { standingAt } from '../../domain/points.ts';
import { anEvent, aPlaybook, aPurchase, DAY, NOON } from '../support/builders.ts';
import { A_POINT_A_EURO, aProgramme, aStranger, linesOf, received, withEvent } from '../support/loyalty.ts';

const PLAYBOOK = aProgramme();
const LATER = NOON + 40 * DAY;

const join = (n: number, at: number, change = 'join') =>
  anEvent({ type: 'membership', n, at, data: { change, terms: '2026-12', by: 'till' } });
const back = (n: number, at: number, quantity?: number, orderId = 'o-1') => {
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', price: 0, quantity: quantity ?? 1 }];
  return anEvent({ type: 'refund', n, at, data: { orderId, ...(quantity && { items }) } });
};
const bought = (n: number, { at = NOON, orderId = `o-${n}`, quantity = 2, price = 1_000 } = {}) => {
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', quantity, price }];
  return anEvent({
    type: 'purchase',
    n,
    at,
    data: { orderId, total: quantity * price + 495, currency: 'EUR', items },
  });
};
const balanceOf = (events: Parameters<typeof received>[0], at = LATER, playbook = PLAYBOOK) =>
  standingAt(received(events, playbook).membership, at).balance;

describe('ledgerAfter', () => {
  it('makes a member of whoever orders first, where joining is automatic, and of nobody else', () => {
    const signUp = anEvent({ type: 'sign-up', n: 1 });
    const invited = aProgramme({}, { joining: 'by-invitation' });

    expect(received([signUp], PLAYBOOK).membership).toBeUndefined();
    expect(received([signUp, bought(2)], PLAYBOOK).membership?.joined).toEqual({
      at: NOON,
      terms: '2026-11',
    });
    expect(received([bought(1)], invited).membership).toBeUndefined();
    expect(received([bought(1)], aPlaybook([])).membership).toBeUndefined();
  });

  it('counts for whoever was invited from their joining on, with the terms they joined on', () => {
    const invited = aProgramme({}, { joining: 'by-invitation' });
    const events = [bought(1), join(2, NOON + DAY), bought(3, { at: NOON + 2 * DAY })];

    const { membership } = received(events, invited);

    expect(membership?.joined).toEqual({ at: NOON + DAY, terms: '2026-12' });
    expect(standingAt(membership, LATER).balance).toBe(24);
  });

  it('leaves nothing to whoever leaves, for good, and lets nobody but themselves join again', () => {
    const left = [bought(1), join(2, NOON + DAY, 'leave'), bought(3, { at: NOON + 2 * DAY })];
    const again = [...left, join(4, NOON + 3 * DAY), bought(5, { at: NOON + 4 * DAY })];

    expect(received(left, PLAYBOOK).membership?.joined).toBeUndefined();
    expect(balanceOf(left)).toBe(0);
    expect(balanceOf(again)).toBe(24);
  });

  it('gives whole points for what is paid, and none for an order in another currency', () => {
    const francs = anEvent({
      type: 'purchase',
      n: 2,
      data: { orderId: 'o-2', total: 9_900, currency: 'CHF' },
    });

    expect(linesOf(received([bought(1), francs], PLAYBOOK))).toEqual(['orders 24']);
  });

  it('takes back in the measure of what comes back, and all of what is undone', () => {
    const cancelled = anEvent({ type: 'cancelled', n: 3, data: { orderId: 'o-1' } });

    expect(linesOf(received([bought(1), back(2, NOON, 1)], PLAYBOOK))).toEqual(['orders 24', 'orders -10']);
    expect(linesOf(received([bought(1), back(2, NOON, 1), cancelled], PLAYBOOK)).at(-1)).toBe('orders -14');
    expect(linesOf(received([bought(1), back(2, NOON)], PLAYBOOK)).at(-1)).toBe('orders -24');
    expect(linesOf(received([back(1, NOON), bought(2, { orderId: 'o-1' })], PLAYBOOK))).toEqual([]);
  });

  it('takes back by the rate at which was given, whatever the playbook gives by now', () => {
    const double = aProgramme({ earn: { orders: { ...A_POINT_A_EURO, points: 2 } } });
    const member = received([bought(1)], PLAYBOOK);

    expect(linesOf(withEvent(member, back(2, NOON, 1), double)).at(-1)).toBe('orders -10');
    expect(linesOf(withEvent(member, back(2, NOON, 1), aPlaybook([]))).at(-1)).toBe('orders -10');
  });

  it.each([
    ['14 days after delivery', 5, 18, 19],
    ['30 days after the order, where nobody tells of a delivery', undefined, 29, 30],
    ['30 days after the order, however late the delivery is', 28, 29, 30],
  ])('lets points be spent %s', (_, deliveredOn, notOn, on) => {
    const events = [
      bought(1),
      ...(deliveredOn === undefined
        ? []
        : [anEvent({ type: 'delivered', n: 2, at: NOON + deliveredOn * DAY, data: { orderId: 'o-1' } })]),
    ];

    expect(balanceOf(events, NOON + notOn * DAY)).toBe(0);
    expect(standingAt(received(events, PLAYBOOK).membership, NOON + notOn * DAY).pending).toBe(24);
    expect(balanceOf(events, NOON + on * DAY)).toBe(24);
  });

  it('owes what is taken back beyond the balance, and pays it from the next points', () => {
    const spent = anEvent({ type: 'points', n: 2, at: LATER, data: { points: -20, reason: 'spent' } });
    const events = [bought(1), spent, back(3, LATER + DAY)];
    const next = bought(4, { at: LATER + DAY });

    expect(standingAt(received(events, PLAYBOOK).membership, LATER + DAY)).toMatchObject({
      balance: 0,
      owed: 20,
    });
    const paid = standingAt(received([...events, next], PLAYBOOK).membership, LATER + 40 * DAY);
    expect(paid).toMatchObject({ balance: 4, owed: 0 });
  });

  it('takes what is spent from what expires first', () => {
    const lasting = aProgramme({ expireAfter: { months: 3 }, pendingAtMost: {} });
    const events = [bought(1), bought(2, { at: NOON + 60 * DAY })];
    const spent = anEvent({
      type: 'points',
      n: 3,
      at: NOON + 61 * DAY,
      data: { points: -30, reason: 'spent' },
    });

    const { expiring, balance } = standingAt(
      received([...events, spent], lasting).membership,
      NOON + 62 * DAY,
    );

    expect(balance).toBe(18);
    expect(expiring).toEqual([{ at: Date.parse('2026-10-31T23:00:00Z'), points: 18 }]);
  });

  it('gives for any event that a rule names, of whom and as often as it says', () => {
    const review = (n: number, at: number, score = 9) =>
      anEvent({ type: 'review', n, at, data: { score, sku: 'cd-17' } });
    const earn = {
      reviews: { on: 'review', points: 5, where: { sku: 'cd-17' }, most: { max: 2, days: 30 } },
      others: { on: 'review', points: 7, where: { sku: 'other' } },
      second: { on: 'review', points: 100, when: { 'orders.days': { $gte: 2 } } },
    };
    const times = [0, 1, 2, 31].map((day, i) => review(i + 2, NOON + day * DAY));

    expect(linesOf(received([bought(1), ...times], aProgramme({ earn })))).toEqual([
      ...['reviews 5', 'reviews 5', 'reviews 5'],
    ]);
    const twice = [bought(1), bought(2, { at: NOON + DAY }), review(3, NOON + DAY)];
    expect(linesOf(received(twice, aProgramme({ earn })))).toEqual(['reviews 5', 'second 100']);
  });

  it('gives nothing for history, unless the programme says so', () => {
    const imported = { ...bought(1), acts: false };
    const generous = aProgramme({ history: true });

    expect(received([imported], PLAYBOOK).membership).toBeUndefined();
    expect(balanceOf([imported], LATER, generous)).toBe(24);
    expect(balanceOf([bought(1), { ...back(2, NOON + DAY, 1), acts: false }])).toBe(14);
  });

  it('gives those of a birthday once a year, whatever else happens', () => {
    const playbook = aProgramme({ earn: { birthdays: { on: 'birthday', points: 25 } } });
    const day = (n: number, occasion: string, at: number) =>
      anEvent({ type: 'points', n, at, data: { of: 'birthday', occasion } });
    const events = [
      aPurchase(1),
      day(2, '2026', NOON),
      day(3, '2026', NOON + DAY),
      day(4, '2027', NOON + 365 * DAY),
    ];

    expect(linesOf(received(events, playbook))).toEqual(['birthdays 25', 'birthdays 25']);
    expect(linesOf(withEvent(aStranger(), day(1, '2026', NOON), playbook))).toEqual([]);
  });
});
