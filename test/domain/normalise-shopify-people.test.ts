import { describe, expect, it } from '@jest/globals';
import { normaliseShopify } from '../../domain/normalise-shopify.ts';
import { sample, topicOf } from '../support/payloads.ts';

function told(name: string, topic = topicOf('shopify', name)) {
  return normaliseShopify(topic, sample('shopify', name));
}

const BOB = { id: '706405506930370084', email: 'bob@example.com', name: { first: 'Bob', last: 'Bakker' } };

describe('normaliseShopify, of people', () => {
  it('reads a new customer as a sign-up', () => {
    expect(told('customers-create')).toEqual({
      kind: 'events',
      events: [
        {
          id: 'customer-706405506930370084',
          source: 'shopify',
          type: 'sign-up',
          at: '2022-01-01T00:00:00.000Z',
          customer: BOB,
        },
      ],
    });
  });

  it('reads a changed one as a profile, known by when it changed', () => {
    expect(told('customers-update')).toMatchObject({
      events: [
        { id: 'customer-706405506930370084-2022-01-01T00:00:00.000Z', type: 'profile', customer: BOB },
      ],
    });
  });

  it('keeps a consent at the moment it was given, with its evidence', () => {
    const at = '2021-11-30T15:00:00.000Z';

    expect(told('consent-2024-customers-update')).toMatchObject({
      events: [
        { type: 'profile' },
        {
          id: `consent-706405506930370084-${at}`,
          type: 'profile',
          at,
          customer: { id: BOB.id, email: BOB.email },
          consent: [
            {
              topic: 'news',
              basis: 'consent',
              wording: `Shopify: subscribed to e-mail marketing, confirmed_opt_in, ${at}`,
            },
          ],
        },
      ],
    });
  });

  it('takes a withdrawal', () => {
    expect(told('unsubscribed-customers_email_marketing_consent-update')).toMatchObject({
      events: [{ at: '2026-11-22T08:00:00.000Z', consent: [{ topic: 'news', withdrawn: true }] }],
    });
  });

  it('takes no consent from who never subscribed', () => {
    expect(told('customers_email_marketing_consent-update')).toEqual({ kind: 'events', events: [] });
  });

  it.each([
    ['customers-redact', 'shopify/erase-customer/954889/191167/f9qP2UE3YbA_', ['299938', '280263', '220458']],
    ['customers-data_request', 'shopify/tell-data/954889/191167/9999', ['299938', '280263', '220458']],
    ['shop-redact', 'shopify/erase-shop/954889', []],
  ])('reads %s as a request by law', (name, id, orders) => {
    expect(told(name)).toMatchObject({ kind: 'request', request: { id, orders, source: 'shopify' } });
  });

  it('tells no address in what a request is known by', () => {
    const asked = { shop_id: 954_889, customer: { email: 'jan@example.com' }, orders_to_redact: [] };

    const read = normaliseShopify('customers/redact', asked);

    expect(read).toMatchObject({ kind: 'request', request: { email: 'jan@example.com' } });
    const id = read.kind === 'request' ? read.request.id : '';
    expect(id).toMatch(/^shopify\/erase-customer\/954889\/[\w-]{12}$/);
  });

  it.each([
    ['customers-delete', 'customers/delete'],
    ['orders-delete', 'orders/delete'],
    ['orders-create', 'products/update'],
    ['orders-create', ''],
  ])('tells nothing of %s as %s', (name, topic) => {
    expect(told(name, topic)).toEqual({ kind: 'events', events: [] });
  });

  it.each([
    ['an order as a customer', 'orders-create', 'customers/update', '/line_items'],
    ['a customer as an order', 'customers-create', 'orders/paid', '/line_items'],
    ['a shop as a customer who asks', 'shop-redact', 'customers/redact', '/customer'],
  ])('refuses %s', (_what, name, topic, pointer) => {
    const read = told(name, topic);

    expect(read.kind).toBe('refused');
    const paths = read.kind === 'refused' ? read.problems.map(({ path }) => `/${path.join('/')}`) : [];
    expect(paths).toContain(pointer);
  });
});
