import { describe, expect, it } from '@jest/globals';
import { isAboutAnOrder, occasionOf, wantedAt } from '../../domain/occasions.ts';
import { anEvent, aTouch, NOON } from '../support/builders.ts';

describe('occasionOf', () => {
  it.each(['purchase', 'shipped', 'delivered', 'cancelled', 'refund'])('is the order for %s', (type) => {
    expect(occasionOf(anEvent({ type, n: 3, data: { orderId: 'o-7' } }))).toBe('o-7');
  });

  it.each(['feedback', 'complaint', 'sign-up', 'tried-on'])(
    'is the event for %s, whatever it is about',
    (type) => {
      expect(occasionOf(anEvent({ type, n: 3, data: { orderId: 'o-7' } }))).toBe(`shop/${type}-3`);
    },
  );

  it('is the event where a delivery names no order', () => {
    expect(occasionOf(anEvent({ type: 'delivered', n: 3 }))).toBe('shop/delivered-3');
  });
});

describe('isAboutAnOrder', () => {
  it.each([
    ['purchase', true],
    ['comeback', true],
    ['lapse', false],
    ['entering', false],
  ])('says of a touch on %s: %s', (on, expected) => {
    expect(isAboutAnOrder(aTouch({ name: 'one', on }))).toBe(expected);
  });
});

describe('wantedAt', () => {
  const because = { type: 'purchase', id: 'shop/o-1', at: NOON };

  it.each([
    ['the cause itself', {}, '2026-06-01T10:00'],
    ['a delay', { after: { hours: 1 } }, '2026-06-01T11:00'],
    ['a delay and a time of day', { after: { days: 5 }, at: '09:30' }, '2026-06-07T07:30'],
    ['a time of day later that day', { at: '19:00' }, '2026-06-01T17:00'],
    ['days by the calendar, over a clock change', { after: { months: 5 } }, '2026-11-01T11:00'],
  ])('counts from the cause: %s', (_case, touch, expected) => {
    const wanted = wantedAt(aTouch({ name: 'one', ...touch }), because, 'Europe/Amsterdam');

    expect(new Date(wanted).toISOString().slice(0, 16)).toBe(expected);
  });
});
