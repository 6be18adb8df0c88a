import { describe, expect, it } from '@jest/globals';
import type { Known } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { factsOf, fold } from '../../domain/facts.ts';
import { aCustomer, anEvent, aPlaybook, aPurchase, DAY, NOON, STAY } from '../support/builders.ts';

function known(...events: readonly StoredEvent[]): Known {
  return aCustomer(events).known;
}

function facts(...events: readonly StoredEvent[]) {
  return factsOf(aCustomer(events), NOON, STAY, aPlaybook([]));
}

describe('fold', () => {
  it('keeps the first way we met, whenever it is told', () => {
    const late = anEvent({ type: 'visit', n: 1, at: NOON, customer: { metThrough: { channel: 'fair' } } });
    const early = anEvent({
      type: 'visit',
      n: 2,
      at: NOON - DAY,
      customer: { metThrough: { channel: 'friend' } },
    });

    expect(known(late, early).metThrough).toEqual({ channel: 'friend', at: NOON - DAY });
  });

  it('keeps the last of each part of the profile, and never erases', () => {
    const first = anEvent({
      type: 'profile',
      n: 1,
      at: NOON,
      customer: { name: { first: 'An', last: 'Vos' }, locale: 'nl' },
    });
    const last = anEvent({ type: 'profile', n: 2, at: NOON + 1, customer: { name: { last: 'Bos' } } });
    const late = anEvent({ type: 'profile', n: 3, at: NOON - 1, customer: { locale: 'en' } });

    expect(known(first, last, late).profile).toEqual({
      name: { first: 'An', last: 'Bos' },
      locale: 'nl',
      answered: [],
    });
  });

  it('forgets a birthday that was taken back, until one is told again', () => {
    const told = (n: number, at: number, birthday: string) =>
      anEvent({ type: 'profile', n, at, customer: { birthday } });
    const [first, back, again] = [told(1, NOON, '06-21'), told(2, NOON + 2, ''), told(3, NOON + 3, '06-22')];

    expect(known(first, back, told(3, NOON + 1, '06-20')).profile).toEqual({ answered: [] });
    expect(known(first, back, again).profile.birthday).toBe('06-22');
  });

  it('knows an order whose refund came first', () => {
    const refund = anEvent({ type: 'refund', n: 1, at: NOON + DAY, data: { orderId: 'o-2' } });

    expect(facts(refund, aPurchase(2)).orders).toMatchObject({ count: 0, returned: 1 });
  });

  it('silences from an end on, until a start, a purchase or a sign-up after it', () => {
    const end = anEvent({ type: 'end', n: 2, at: NOON });

    expect(known(aPurchase(1, NOON - DAY), end).ended).toBe(true);
    expect(known(end, aPurchase(3, NOON - 1)).ended).toBe(true);
    expect(known(end, aPurchase(3, NOON + 1)).ended).toBeUndefined();
    expect(known(end, anEvent({ type: 'visit', n: 3, at: NOON + 1 })).ended).toBe(true);
  });

  it('pauses until the last word said, however late the others come', () => {
    const pause = anEvent({ type: 'pause', n: 1, at: NOON, data: { until: NOON + DAY } });
    const resume = anEvent({ type: 'resume', n: 2, at: NOON + 1 });

    expect(known(pause).pause).toEqual({ until: NOON + DAY });
    expect(known(pause, resume).pause).toBeUndefined();
    expect(known(resume, pause).pause).toBeUndefined();
    expect(known(resume, { ...pause, at: NOON + 2, data: {} }).pause).toEqual({});
  });

  it('counts a complaint as open until a resolution follows it', () => {
    const complaint = anEvent({ type: 'complaint', n: 1, at: NOON, data: { orderId: 'o-1' } });
    const resolved = (at: number, orderId?: string) =>
      anEvent({ type: 'complaint-resolved', n: 2, at, ...(orderId ? { data: { orderId } } : {}) });

    expect(known(complaint).complaints.open).toEqual([complaint.id]);
    expect(known(complaint, resolved(NOON + 1)).complaints.open).toEqual([]);
    expect(known(resolved(NOON + 1), complaint).complaints.open).toEqual([]);
    expect(known(complaint, resolved(NOON - 1)).complaints.open).toEqual([complaint.id]);
    expect(known(complaint, resolved(NOON + 1, 'o-2')).complaints.open).toEqual([complaint.id]);
  });

  it('counts days in the zone of the customer, also when it is told later', () => {
    const night = aPurchase(1, Date.parse('2026-06-01T03:30:00Z'));
    const evening = aPurchase(2, Date.parse('2026-06-01T23:30:00Z'));
    const inNewYork = anEvent({ type: 'profile', n: 3, customer: { timeZone: 'America/New_York' } });

    expect(facts(night, evening).orders.days).toBe(2);
    expect(facts(night, evening, inNewYork).orders.days).toBe(2);
    expect(known(night, evening, inNewYork).orders.map(({ day }) => day)).toEqual([
      '2026-05-31',
      '2026-06-01',
    ]);
  });

  it('folds what a document from before the marks holds', () => {
    const { marks: _, ...old } = known(aPurchase(1));

    expect(fold(old, aPurchase(2)).orders).toHaveLength(2);
  });
});

describe('factsOf', () => {
  it('counts net: cancelled and wholly returned orders do not count', () => {
    const cancelled = anEvent({ type: 'cancelled', n: 4, data: { orderId: 'o-2' } });
    const whole = anEvent({ type: 'refund', n: 5, data: { orderId: 'o-3' } });
    const kept = aPurchase(1, NOON - DAY);

    const { orders } = facts(kept, aPurchase(2), aPurchase(3), cancelled, whole);

    expect(orders).toEqual({
      count: 1,
      days: 1,
      first: new Date(NOON - DAY),
      last: new Date(NOON - DAY),
      total: 1466,
      average: 1466,
      returned: 1,
      skus: ['cd-17'],
      categories: ['jazz'],
    });
  });

  it('takes pieces that came back off the total, and an order of which all came back off the count', () => {
    const items = [{ sku: 'cd-1', name: 'A', quantity: 3, price: 100 }];
    const order = anEvent({
      type: 'purchase',
      n: 1,
      data: { orderId: 'o', total: 350, currency: 'EUR', items },
    });
    const refund = (n: number, quantity: number) =>
      anEvent({
        type: 'refund',
        n,
        data: { orderId: 'o', items: [{ sku: 'cd-1', name: 'A', price: 0, quantity }] },
      });

    expect(facts(order, refund(2, 1)).orders).toMatchObject({ count: 1, total: 250 });
    expect(facts(refund(2, 1), order, refund(3, 1)).orders).toMatchObject({ count: 1, total: 150 });
    expect(facts(order, refund(2, 1), refund(3, 2)).orders).toMatchObject({ count: 0, total: 0 });
  });

  it('never adds up two currencies', () => {
    const dollars = anEvent({
      type: 'purchase',
      n: 1,
      at: NOON - DAY,
      data: { orderId: 'o', total: 999, currency: 'USD' },
    });

    expect(facts(dollars, aPurchase(2)).orders).toMatchObject({ count: 2, total: 1466, average: 1466 });
  });

  it('knows nothing of a stranger, and says so with null', () => {
    const stranger = factsOf(aCustomer([]), NOON, { phase: 'first-contact', since: NOON }, aPlaybook([]));

    expect(stranger).toMatchObject({
      phase: 'first-contact',
      locale: null,
      orders: { count: 0, first: null, average: null, skus: [] },
      feedback: { nps: null },
      complaints: { open: 0, lastAt: null },
      rhythm: { lapsesAt: null },
      holdout: false,
    });
  });

  it('puts everybody in a holdout of the whole, and nobody in none', () => {
    const allHeldOut = aPlaybook([], { contact: { holdout: 1 } });

    expect(factsOf(aCustomer([]), NOON, STAY, allHeldOut).holdout).toBe(true);
    expect(factsOf(aCustomer([]), NOON, STAY, aPlaybook([])).holdout).toBe(false);
  });
});
