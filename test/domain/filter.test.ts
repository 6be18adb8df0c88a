import { describe, expect, it } from '@jest/globals';
import { factsOf } from '../../domain/facts.ts';
import { matches } from '../../domain/filter.ts';
import { aCustomer, anEvent, aPlaybook, aPurchase, DAY, NOON, STAY } from '../support/builders.ts';

/** Ordered two times, ten and two days ago; likes us; never complained. */
const facts = factsOf(
  aCustomer([
    aPurchase(1, NOON - 10 * DAY),
    aPurchase(2, NOON - 2 * DAY),
    anEvent({ type: 'feedback', n: 3, data: { question: 'nps', score: 9 } }),
  ]),
  NOON,
  { phase: 'relationship', since: NOON - 2 * DAY },
  aPlaybook([]),
);

describe('matches', () => {
  it.each([
    ['everybody, with no condition', {}],
    ['a number', { 'orders.count': 2 }],
    ['a border', { 'orders.count': { $gte: 2, $lt: 3 } }],
    ['all conditions', { 'orders.count': 2, phase: 'relationship' }],
    ['one of several', { $or: [{ phase: 'ambassador' }, { 'feedback.nps': { $gt: 8 } }] }],
    ['several at once', { $and: [{ 'orders.count': { $ne: 1 } }, { 'orders.days': { $in: [2, 3] } }] }],
    ['what a list holds', { 'orders.categories': 'jazz' }],
    ['one of what a list may hold', { 'orders.skus': { $in: ['cd-17', 'cd-18'] } }],
    ['what a list does not hold', { 'orders.categories': { $nin: ['folk'] } }],
    ['a consent', { 'consents.news': true }],
    ['a date', { 'orders.first': { $lt: '2026-05-23' } }],
    ['a time', { 'orders.last': { $gte: '2026-05-30T10:00:00Z' } }],
    ['an age', { 'orders.first': { $olderThan: '9 days' }, 'orders.last': { $newerThan: '9 days' } }],
    ['the opposite', { 'orders.count': { $not: { $gte: 3 } } }],
    ['what is not known, by null', { 'complaints.lastAt': null }],
    ['what is not known, by $exists', { 'consents.tips': { $exists: false } }],
    ['what is known', { 'feedback.nps': { $exists: true } }],
    ['unknown as different', { 'feedback.product': { $ne: 9 } }],
    ['unknown as none of them', { 'feedback.product': { $nin: [9, 10] } }],
    ['unknown as not above', { 'feedback.product': { $not: { $gte: 9 } } }],
    ['no complaint in half a year', { 'complaints.lastAt': { $not: { $newerThan: '180 days' } } }],
  ])('finds %s', (_, filter) => {
    expect(matches(filter, facts, NOON)).toBe(true);
  });

  it.each([
    ['unknown above a border', { 'feedback.product': { $gte: 0 } }],
    ['unknown below a border', { 'feedback.product': { $lte: 10 } }],
    ['unknown as old', { 'complaints.lastAt': { $olderThan: '1 day' } }],
    ['unknown as new', { 'complaints.lastAt': { $newerThan: '1 day' } }],
    ['unknown as existing', { 'feedback.product': { $exists: true } }],
    ['known as null', { 'feedback.nps': null }],
    ['what a list holds as different', { 'orders.categories': { $ne: 'jazz' } }],
    ['what was never asked as refused', { 'consents.tips': false }],
  ])('does not take %s', (_, filter) => {
    expect(matches(filter, facts, NOON)).toBe(false);
  });

  it('counts an age at the moment it is asked, not when it was first asked', () => {
    const filter = { 'orders.last': { $olderThan: '3 days' } };

    expect([NOON, NOON + 2 * DAY, NOON].map((at) => matches(filter, facts, at))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('counts an age by the calendar of the customer', () => {
    const zone = anEvent({ type: 'profile', n: 2, customer: { timeZone: 'Europe/Amsterdam' } });
    const before = Date.parse('2026-03-28T12:00:00+01:00'); // the clock is set forward in the night after
    const dutch = factsOf(aCustomer([aPurchase(1, before), zone]), NOON, STAY, aPlaybook([]));
    const filter = { 'orders.last': { $olderThan: '1 day' } };

    const noonOf = (seconds: number) => Date.parse('2026-03-29T12:00:00+02:00') + seconds * 1000;

    expect(matches(filter, dutch, noonOf(0))).toBe(false);
    expect(matches(filter, dutch, noonOf(1))).toBe(true);
  });
});
