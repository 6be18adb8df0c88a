import { describe, expect, it } from '@jest/globals';
import { checkFilter } from '../../domain/check-filter.ts';

function linesOf(filter: unknown): string[] {
  return checkFilter(filter).map(
    ({ path, message, hint }) => `${path.join(' > ')}: ${message}${hint ? ` (${hint})` : ''}`,
  );
}

describe('checkFilter', () => {
  it.each([
    [{}],
    [{ 'orders.days': 1 }],
    [{ 'orders.days': { $gte: 2 }, $or: [{ tier: null }, { 'consents.news': { $ne: true } }] }],
    [{ 'orders.last': { $lt: '2026-01-01', $gte: '2025-01-01T00:00:00+01:00', $olderThan: 'P30D' } }],
    [{ 'orders.skus': { $nin: ['cd-17', 'cd-18'] }, phase: { $in: ['relationship'] } }],
    [{ 'feedback.nps': { $not: { $gt: 8 } }, 'metThrough.channel': { $exists: true } }],
  ])('takes %j', (filter) => {
    expect(linesOf(filter)).toEqual([]);
  });

  it.each([
    [
      'an unknown fact, with a suggestion',
      { 'order.days': 1 },
      'order.days: unknown fact "order.days" (did you mean "orders.days"?)',
    ],
    [
      'a fact that is nothing like one',
      { zzzzzzzz: 1 },
      'zzzzzzzz: unknown fact "zzzzzzzz" (see the table in docs/playbook.md)',
    ],
    ['a group of facts', { orders: 1 }, 'orders: unknown fact "orders" (see the table in docs/playbook.md)'],
    [
      'an unknown operator',
      { 'orders.days': { $gtt: 1 } },
      'orders.days > $gtt: unknown operator "$gtt" (did you mean "$gt"?)',
    ],
    ['$where', { $where: 'sleep(1000)' }, '$where: unknown operator "$where" (known: $and, $or)'],
    [
      '$where inside',
      { 'orders.days': { $where: 'x' } },
      'orders.days > $where: unknown operator "$where" (known: $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $not, $olderThan, $newerThan)',
    ],
    [
      'a prototype',
      JSON.parse('{"__proto__":{"$gt":1}}'),
      '__proto__: unknown fact "__proto__" (see the table in docs/playbook.md)',
    ],
    [
      'a prototype as an operator',
      JSON.parse('{"tier":{"constructor":1}}'),
      'tier > constructor: unknown operator "constructor" (known: $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $not, $olderThan, $newerThan)',
    ],
    [
      'a text for a number',
      { 'orders.days': '2' },
      'orders.days: "orders.days" is compared to a number, not to "2"',
    ],
    [
      'a text for a flag',
      { 'consents.news': 'yes' },
      'consents.news: "consents.news" is compared to true or false, not to "yes"',
    ],
    [
      'a number for a text',
      { locale: { $in: ['nl', 1] } },
      'locale > $in > 1: "locale" is compared to a text, not to 1',
    ],
    [
      'a number for a moment',
      { since: { $gt: 0 } },
      'since > $gt: "since" is compared to a date such as 2026-11-22 or a time in RFC 3339, not to 0',
    ],
    [
      'no number',
      { 'orders.days': Number.NaN },
      'orders.days: "orders.days" is compared to a number, not to null',
    ],
    [
      'a list for a number',
      { 'orders.days': [1] },
      'orders.days: "orders.days" is compared to a number, not to [1]',
    ],
    [
      'a phase that is none',
      { phase: 'ambasador' },
      'phase: "phase" is never "ambasador" (did you mean "ambassador"?)',
    ],
    ['null for what is always known', { 'orders.count': null }, 'orders.count: "orders.count" is never null'],
    [
      'a border for a text',
      { locale: { $gt: 'a' } },
      'locale > $gt: "locale" has no order (use $eq, $ne, $in or $nin)',
    ],
    [
      'a border of null',
      { 'feedback.nps': { $gt: null } },
      'feedback.nps > $gt: nothing is above or below null',
    ],
    [
      'an age of a number',
      { 'orders.count': { $olderThan: '1 day' } },
      'orders.count > $olderThan: "orders.count" is not a moment, it has no age',
    ],
    [
      'an age that is no length',
      { since: { $olderThan: 'long' } },
      'since > $olderThan: takes a length of time (write 30 days)',
    ],
    ['an empty choice', { locale: { $in: [] } }, 'locale > $in: takes a list of values'],
    ['no choice', { $or: {} }, '$or: takes a list of filters'],
    ['no condition', { locale: {} }, 'locale: asks nothing of the fact'],
    ['a wrong $exists', { locale: { $exists: 1 } }, 'locale > $exists: takes true or false'],
    [
      'a wrong $not',
      { locale: { $not: 'nl' } },
      'locale > $not: takes an operator (write { $not: { $gt: 3 } }, or use $ne)',
    ],
    ['no filter', 'orders', ': is not a filter (write { orders.count: 0 })'],
  ])('refuses %s', (_, filter, line) => {
    expect(linesOf(filter)).toEqual([line]);
  });
});
