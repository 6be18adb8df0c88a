import { describe, expect, it } from '@jest/globals';
import { csvLine } from '../../domain/csv.ts';
import { giftInWords, giftsCsv } from '../../domain/fulfilment.ts';
import { grantFigures } from '../../domain/grant-tally.ts';
import { shopifyShipTo, wooShipTo } from '../../domain/normalise-addresses.ts';
import { codesMeant, verdictOn } from '../../domain/redemption.ts';
import { shipToOf } from '../../domain/ship-to.ts';
import { NOON } from '../support/builders.ts';
import { AT_HOME, aGift } from '../support/gifts.ts';

describe('csvLine', () => {
  it.each([
    ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
    ['+31 6', "'+31 6"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['Vos, An', '"Vos, An"'],
    ['An', 'An'],
  ])('writes %j so that it is no formula, and one cell', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`);
  });
});

describe('giftsCsv', () => {
  it('lists what can be sent, and leaves out what nobody knows the address of', () => {
    const { shipTo: _, ...nowhere } = aGift();
    const csv = giftsCsv([
      { id: 'a.b', ...aGift() },
      { id: 'c.d', ...nowhere },
      { id: 'e.f', ...aGift({ shipTo: { ...AT_HOME, name: '=1+1' }, value: 1000, currency: 'JPY' }) },
    ]);

    const [head, first, second, ...rest] = csv.split('\r\n');
    expect(head).toMatch(/^\uFEFFid,given_at,gift,value,currency,name,line1,/);
    expect(first).toBe(
      'a.b,2026-06-01T10:00:00.000Z,small-treat,7.50,EUR,An Vos,Kade 1,,,9712 CA,Groningen,,NL',
    );
    expect(second).toContain(",1000,JPY,'=1+1,");
    expect(rest).toEqual(['']);
  });
});

describe('giftInWords', () => {
  it.each([
    [{ surprise: 'small-treat' }, 'An', 'Small treat: An'],
    [{ surprise: 'box', title: { nl: 'Een doos thee', en: 'A box of tea' } }, undefined, 'Een doos thee'],
  ])('of %j for %s is "%s"', (gift, first, words) => {
    expect(giftInWords(gift, first, 'nl')).toBe(words);
  });
});

describe('shipToOf', () => {
  it('takes what a parcel can go to, without what is empty', () => {
    const told = { ...AT_HOME, lines: ['Kade 1', '', null], region: ' ', country: 'nl' };
    expect(shipToOf(told)).toEqual(AT_HOME);
  });

  it.each([
    { name: '' },
    { lines: ['', ' '] },
    { city: null },
    { country: 'Holland' },
    { name: 'An\nVos' },
    { postalCode: 'x'.repeat(17) },
  ])('takes no address that has %j', (wrong) => {
    expect(shipToOf({ ...AT_HOME, ...wrong })).toBeUndefined();
  });

  it('reads where an order of a shop goes', () => {
    const woo = { first_name: 'An', last_name: 'Vos', address_1: 'Kade 1', city: 'Groningen' };
    const shipping = { ...woo, postcode: '9712 CA', country: 'NL' };
    expect(wooShipTo(undefined, shipping)).toEqual(AT_HOME);
    expect(wooShipTo({ ...shipping, city: 'Assen' }, shipping)?.city).toBe('Assen');
    expect(wooShipTo({}, {})).toBeUndefined();

    const shopify = {
      name: 'An Vos',
      address1: 'Kade 1',
      zip: '9712 CA',
      city: 'Groningen',
      country_code: 'NL',
    };
    expect(shopifyShipTo(shopify)).toEqual(AT_HOME);
    expect(shopifyShipTo(undefined)).toBeUndefined();
  });
});

describe('verdictOn', () => {
  const order = { orderId: 'o-1', at: NOON };

  it.each([
    [undefined, 'unknown'],
    [{ status: 'released' }, 'unknown'],
    [{ status: 'confirmed' }, 'open'],
    [{ status: 'pending' }, 'open'],
    [{ status: 'confirmed', expiresAt: NOON + 1 }, 'open'],
    [{ status: 'confirmed', expiresAt: NOON }, 'expired'],
    [{ status: 'expired' }, 'expired'],
    [{ status: 'redeemed', redeemed: { at: NOON, orderId: 'o-1' } }, 'again'],
    [{ status: 'redeemed', redeemed: { at: NOON, orderId: 'o-2' } }, 'used'],
  ] as const)('of %j is %s', (grant, verdict) => {
    expect(verdictOn(grant, order)).toBe(verdict);
  });

  it('reads a code as people type it', () => {
    expect(codesMeant(' ab-c ')).toEqual(['ab-c', 'AB-C']);
  });
});

describe('grantFigures', () => {
  it('adds up each touch, in each currency, and what was given without one by its surprise', () => {
    const one = { surprise: 'box', given: 3, redeemed: 1, value: 30, cost: 10 };
    const figures = grantFigures([
      { ...one, touch: 'treat', currency: 'EUR' },
      { ...one, touch: 'treat', currency: 'USD' },
      { surprise: 'evening', given: 1, redeemed: 0, value: 0, cost: 0 },
    ]);

    expect(Object.fromEntries(figures)).toEqual({
      treat: {
        ...{ given: 6, redeemed: 2, share: 2 / 6 },
        ...{ value: { EUR: 30, USD: 30 }, cost: { EUR: 10, USD: 10 } },
      },
      'surprise/evening': { given: 1, redeemed: 0, share: 0, value: {}, cost: {} },
    });
  });
});
