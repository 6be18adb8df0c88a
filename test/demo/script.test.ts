import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { firstVisits, readVisits } from '../../demo/purchases.ts';
import { type Posted, scriptOf } from '../../demo/script.ts';
import { readEvents } from '../../domain/incoming.ts';

const DAY_MS = 86_400_000;
const visits = firstVisits(readVisits(), 400, 180);
const script = scriptOf(visits, '1');

function ofType(type: Posted['type']): Posted[] {
  return script.filter((event) => event.type === type);
}

function firstOf(customerId: string): Posted | undefined {
  return script.find(({ customer }) => customer.id === customerId);
}

describe('scriptOf', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(scriptOf(visits, '1')).toEqual(script);
    expect(scriptOf(visits, '2')).not.toEqual(script);
  });

  it('tells the same of a customer whoever else is played', () => {
    const fewer = scriptOf(firstVisits(readVisits(), 3, 180), '1');

    expect(fewer).toEqual(script.filter(({ customer }) => ['c-1', 'c-2', 'c-3'].includes(customer.id)));
  });

  it('is in order of time, each event with an identity of its own', () => {
    const times = script.map(({ at }) => at);

    expect([...times].sort()).toEqual(times);
    expect(new Set(script.map(({ id }) => id)).size).toBe(script.length);
  });

  it('holds every visit as a purchase of its day, money and number of CDs, between 08:00 and 23:00', () => {
    const purchases = ofType('purchase').map(({ at, customer, data }) => {
      const local = DateTime.fromISO(at, { zone: customer.timeZone ?? '' });
      expect(local.hour).toBeGreaterThanOrEqual(8);
      expect(local.hour).toBeLessThan(23);
      return `${customer.id} ${local.toISODate()} ${data?.total}`;
    });

    const expected = visits.map(({ customer, day, cents }) => `c-${Number(customer)} ${day} ${cents}`);
    expect(purchases.sort()).toEqual(expected.sort());
  });

  it('delivers three days after each purchase', () => {
    const delivered = new Map(ofType('delivered').map(({ data, at }) => [data?.orderId, at]));

    for (const { id, at } of ofType('purchase')) {
      const days = (Date.parse(delivered.get(id) ?? '') - Date.parse(at)) / DAY_MS;
      expect(Math.round(days)).toBe(3);
    }
  });

  it('lets about one in five sign up, 1–20 days before the first purchase', () => {
    const signUps = ofType('sign-up');

    expect(signUps.length / 400).toBeGreaterThan(0.14);
    expect(signUps.length / 400).toBeLessThan(0.26);
    for (const { at, customer } of signUps) {
      const purchase = ofType('purchase').find((event) => event.customer.id === customer.id);
      const days = (Date.parse(purchase?.at ?? '') - Date.parse(at)) / DAY_MS;
      expect(days).toBeGreaterThan(0);
      expect(days).toBeLessThan(21);
    }
  });

  it('is what the API takes', () => {
    for (let start = 0; start < script.length; start += 500) {
      const read = readEvents(script.slice(start, start + 500), Date.UTC(1999, 0, 1));
      expect(read).toMatchObject({ kind: 'read' });
    }
  });

  it('begins no earlier than 12 December 1996', () => {
    expect(script[0]?.at.localeCompare('1996-12-12')).toBe(1);
  });
});

describe('the complaints of scriptOf', () => {
  it('are about one delivery in twenty-five, the day after it', () => {
    const complaints = ofType('complaint');
    const delivered = new Map(ofType('delivered').map(({ data, at }) => [data?.orderId, at]));

    expect(complaints.length / delivered.size).toBeGreaterThan(0.02);
    expect(complaints.length / delivered.size).toBeLessThan(0.07);
    for (const { at, data } of complaints) {
      const days = (Date.parse(at) - Date.parse(delivered.get(data?.orderId) ?? '')) / DAY_MS;
      expect(Math.round(days)).toBe(1);
    }
  });
});

describe('the consents and answers of scriptOf', () => {
  it('gives consent to news, tips and surveys with the first event, and only there', () => {
    const giving = script.filter(({ consent }) => consent);

    expect(giving).toHaveLength(400);
    for (const event of giving) {
      expect(firstOf(event.customer.id)).toBe(event);
      expect(event.consent?.map(({ topic }) => topic)).toEqual(['news', 'tips', 'surveys']);
    }
  });

  it('asks whoever got a second delivery, five days later; about two in three promote', () => {
    const feedback = ofType('feedback');
    const twice = Map.groupBy(ofType('purchase'), ({ customer }) => customer.id);
    const promoters = feedback.filter(({ data }) => Number(data?.score) >= 9);

    expect(feedback.length).toBe([...twice.values()].filter((orders) => orders.length >= 2).length);
    expect(promoters.length / feedback.length).toBeGreaterThan(0.55);
    expect(promoters.length / feedback.length).toBeLessThan(0.78);
    for (const { at, customer } of feedback) {
      const second = ofType('delivered').filter((event) => event.customer.id === customer.id)[1];
      expect(Math.round((Date.parse(at) - Date.parse(second?.at ?? '')) / DAY_MS)).toBe(5);
    }
  });
});
