import { describe, expect, it } from '@jest/globals';
import { readEvents } from '../../domain/incoming.ts';
import { pointerTo } from '../../domain/strict.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** The event of design §9. */
function aPosted(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: 'o-1001',
    source: 'shop',
    type: 'purchase',
    at: '2026-11-22T10:00:00Z',
    customer: {
      id: 'c-17',
      email: 'an@example.com',
      name: { first: 'An', last: 'Vos' },
      locale: 'nl',
      timeZone: 'Europe/Amsterdam',
      metThrough: { channel: 'word-of-mouth' },
    },
    consent: [{ topic: 'news', basis: 'consent', wording: 'Ja' }],
    data: {
      orderId: 'o-1001',
      total: 2933,
      currency: 'EUR',
      items: [{ sku: 'cd-17', name: 'Kind of Blue', category: 'jazz', quantity: 2, price: 1466 }],
    },
    ...changes,
  };
}

/** The fields that do not hold a value. */
function without(fields: Readonly<Record<string, unknown>>, unwanted: unknown): unknown {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== unwanted));
}

function refusalsOf(body: unknown): string[] {
  const read = readEvents(body, NOW);
  if (read.kind === 'read') return [];
  return read.problems.map(
    ({ path, message, hint }) => `${pointerTo(path)} ${message}${hint ? `; ${hint}` : ''}`,
  );
}

describe('readEvents', () => {
  it('reads an event as the design shows it', () => {
    const read = readEvents(aPosted(), NOW);

    expect(read).toEqual({
      kind: 'read',
      events: [{ ...aPosted(), at: Date.parse('2026-11-22T10:00:00Z') }],
    });
  });

  it.each([
    ['a known type that says nothing more', { type: 'sign-up', data: undefined }],
    [
      'an unknown type with data of its own',
      { type: 'wishlist.added', data: { sku: 'cd-17', deep: { er: [1] } } },
    ],
    [
      'a refund of items',
      { type: 'refund', data: { orderId: 'o-1', items: [{ sku: 'cd-17', quantity: 1 }] } },
    ],
    ['a withdrawal', { consent: [{ topic: 'news', withdrawn: true }] }],
    ['a withdrawal at no known time', { consent: [{ topic: 'news', withdrawn: true, undated: true }] }],
    ['a birthday without the year', { customer: { id: 'c', birthday: '02-29' } }],
    ['a time with an offset', { at: '2026-11-22T11:00:00.123+01:00' }],
    ['a clock four minutes ahead', { at: '2026-11-22T12:04:00Z' }],
  ])('takes %s', (_, changes) => {
    expect(refusalsOf(without(aPosted(changes), undefined))).toEqual([]);
  });

  it.each([
    ['an unknown field', { custmer: 1 }, '/custmer unknown key "custmer"; did you mean "customer"?'],
    [
      'an unknown field of the data',
      { data: { orderID: 'o' } },
      '/data/orderID unknown key "orderID"; did you mean "orderId"?',
    ],
    ['a wrong type', { id: 7 }, '/id expected string, received number'],
    ['an absent field', { id: undefined }, '/id is required'],
    [
      'a score above ten',
      { type: 'feedback', data: { question: 'nps', score: 11 } },
      '/data/score Too big: expected number to be <=10',
    ],
    [
      'money in euros',
      { data: { orderId: 'o', total: 29.33, currency: 'EUR' } },
      '/data/total is not in minor units; write 29.33 as 2933',
    ],
    [
      'a currency that is none',
      { data: { orderId: 'o', total: 1, currency: 'EUX' } },
      '/data/currency is not a currency; use a code of ISO 4217 such as EUR',
    ],
    ['a future date', { at: '2026-11-22T12:06:00Z' }, '/at is in the future'],
    ['an absurd date', { at: '0026-11-22T12:00:00Z' }, '/at is before 1990-01-01'],
    [
      'a date that is none',
      { at: '2026-02-30T12:00:00Z' },
      '/at is not a time in RFC 3339; write it as 2026-11-22T10:00:00Z',
    ],
    [
      'a time zone that is none',
      { customer: { id: 'c', timeZone: 'Europe/Groningen' } },
      '/customer/timeZone is not a time zone; use a name such as Europe/Amsterdam',
    ],
    [
      'an offset as a time zone',
      { customer: { id: 'c', timeZone: '+01:00' } },
      '/customer/timeZone is not a time zone; use a name such as Europe/Amsterdam',
    ],
    [
      'a locale that is none',
      { customer: { id: 'c', locale: 'dutch_NL' } },
      '/customer/locale is not a locale; use a tag of BCP 47 such as nl or en-GB',
    ],
    [
      'a birthday that is none',
      { customer: { id: 'c', birthday: '1984-02-30' } },
      '/customer/birthday is not a birthday; write it as 1984-06-21, or 06-21 without the year',
    ],
    [
      'an address that is none',
      { customer: { email: 'an@' } },
      '/customer/email is not an e-mail address; it looks like an@example.com',
    ],
    [
      'a header in a name',
      { customer: { id: 'c', name: { first: 'An\r\nBcc: x' } } },
      '/customer/name/first holds control characters',
    ],
    [
      'nobody',
      { customer: {} },
      '/customer names nobody; give the id of the customer, the e-mail address, or both',
    ],
    [
      "a type of Rapport's own",
      { type: 'pause' },
      "/type is one of Rapport's own types; see POST /v1/customers/:id/journey for pause, resume, move and end",
    ],
    [
      'Rapport as the source',
      { source: 'rapport' },
      '/source is Rapport itself; name the system that reports',
    ],
    [
      'a consent without a basis',
      { consent: [{ topic: 'news' }] },
      '/consent/0 is neither given nor withdrawn; give a basis (and its wording), or "withdrawn": true',
    ],
    [
      'a key for MongoDB',
      { type: 'x', data: { a: { $where: '1' } } },
      '/data holds the key "$where", which is not allowed',
    ],
    [
      'a key for a prototype',
      { type: 'x', data: JSON.parse('{"a":[{"__proto__":{}}]}') },
      '/data holds the key "__proto__", which is not allowed',
    ],
    [
      'an endless depth',
      { type: 'x', data: JSON.parse(`${'{"a":'.repeat(999)}1${'}'.repeat(999)}`) },
      '/data nests deeper than 16 levels',
    ],
  ])('refuses %s with one clear line', (_, changes, line) => {
    const posted = Object.fromEntries(
      Object.entries(aPosted(changes)).filter(([, value]) => value !== undefined),
    );

    expect(refusalsOf(posted)).toContain(line);
  });

  it('refuses a prototype in the envelope', () => {
    expect(refusalsOf(JSON.parse('{"__proto__":{"id":"x"}}')).join('\n')).toContain(
      'unknown key "__proto__"',
    );
  });

  it('refuses all of a list for one mistake, and says where it is', () => {
    expect(refusalsOf([aPosted(), aPosted(), aPosted(), aPosted({ customer: { email: 'an' } })])).toEqual([
      '/3/customer/email is not an e-mail address; it looks like an@example.com',
    ]);
  });

  it('refuses more than 500 events at once', () => {
    expect(refusalsOf(Array.from({ length: 501 }, () => aPosted()))).toEqual([' holds more than 500 events']);
  });

  it.each([null, 7, 'x', [[]]])('refuses %j', (body) => {
    expect(refusalsOf(body)).toHaveLength(1);
  });
});
