import { describe, expect, it } from '@jest/globals';
import { askedRef, isMeant, nameless, type PrivacyRequest } from '../../domain/privacy-request.ts';

const ASKED: PrivacyRequest = {
  ...{ id: 'shopify/erase-customer/954889/191167/f9q', kind: 'erase-customer', source: 'shopify' },
  ...{ shop: 'zuiderzon.myshopify.example', customerId: '191167', email: 'jan@example.com', orders: [] },
};

describe('isMeant', () => {
  it.each([
    ['whom the shop calls so', ['shopify:191167'], true],
    [
      'whom the shop calls so, and otherwise too: two accounts became one',
      ['shopify:7', 'shopify:191167'],
      true,
    ],
    ['of whom we know the address alone', [], true],
    ['whom another shop sent, at this address', ['till:t-17'], true],
    ['whom the same shop calls otherwise: another customer of theirs, at this address', ['shopify:7'], false],
  ])('says whether a customer is meant %s', (_, externalIds, meant) => {
    expect(isMeant(ASKED, 'shopify:191167', externalIds)).toBe(meant);
  });

  it('goes by the address where the shop tells nothing else', () => {
    expect(isMeant(ASKED, undefined, ['shopify:7'])).toBe(true);
  });
});

describe('nameless', () => {
  it('gives a request an id that leads to nobody without the key, and is the same each time', () => {
    const { id, ...rest } = nameless('key', ASKED);

    expect(id).toMatch(/^shopify\/erase-customer\/[\w-]{22}$/);
    expect(id).toBe(nameless('key', { ...ASKED }).id);
    expect(id).not.toBe(nameless('another key', ASKED).id);
    expect({ ...rest, id: ASKED.id }).toEqual(ASKED);
  });
});

describe('askedRef', () => {
  it('names the customer as the shop’s ids are kept', () => {
    expect(askedRef('key', ASKED)).toBe('shopify:191167');
    expect(askedRef('key', { ...ASKED, customerId: 'jan@example.com' })).toMatch(/^shopify:[\w-]{43}$/);
  });

  it('names nobody where the shop told no id', () => {
    const { customerId: _, ...unnamed } = ASKED;

    expect(askedRef('key', unnamed)).toBeUndefined();
  });
});
