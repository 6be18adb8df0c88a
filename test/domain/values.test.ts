import { describe, expect, it } from '@jest/globals';
import { valuesOf } from '../../domain/values.ts';
import { aCustomer, anEvent, aPlaybook, aPurchase, DAY, NOON } from '../support/builders.ts';

const playbook = aPlaybook([]);
const twice = [aPurchase(1, NOON, 'o-1'), aPurchase(2, NOON + DAY, 'o-2')];

describe('valuesOf', () => {
  it('tells of the order that the touch answers', () => {
    const because = aPurchase(1, NOON, 'o-1');

    const { order } = valuesOf(aCustomer(twice), because, playbook);

    expect(order).toMatchObject({ id: 'o-1', total: 1466, currency: 'EUR', names: ['Kind of Blue'] });
    expect(order?.items).toEqual([
      { name: 'Kind of Blue', category: 'jazz', quantity: 1, price: 1466, total: 1466, currency: 'EUR' },
    ]);
  });

  it('tells of the last order where the touch answers none', () => {
    expect(valuesOf(aCustomer(twice), undefined, playbook).order?.id).toBe('o-2');
  });

  it('leaves out what was cancelled or given back', () => {
    const cancelled = anEvent({ type: 'cancelled', n: 3, at: NOON + 2 * DAY, data: { orderId: 'o-2' } });

    const { order, orders } = valuesOf(aCustomer([...twice, cancelled]), undefined, playbook);

    expect(order?.id).toBe('o-1');
    expect(orders).toMatchObject({ count: 1, days: 1, categories: ['jazz'] });
  });

  it('has null for what is unknown, never nothing', () => {
    const values = valuesOf(aCustomer([]), undefined, playbook);

    expect(values.customer).toMatchObject({ firstName: null, lastName: null, interests: [] });
    expect(values).toMatchObject({ locale: 'nl', timeZone: 'Europe/Amsterdam', order: null });
    expect(values.signer).toEqual({ name: 'Anna', role: null, photo: null });
    expect(JSON.parse(JSON.stringify(values))).toEqual(values);
  });

  it('tells of the cart that was left behind, and names no order for it', () => {
    const items = [{ sku: 'cd-3', name: 'Blue Train', quantity: 2, price: 1200 }];
    const because = anEvent({ type: 'cart-abandoned', n: 3, data: { items } });

    const { cart, because: cause } = valuesOf(aCustomer(twice), because, playbook);

    expect(cart?.names).toEqual(['Blue Train']);
    expect(cart?.items).toMatchObject([{ quantity: 2, price: 1200, total: 2400, currency: 'EUR' }]);
    expect(cause.orderId).toBeNull();
  });

  it.each([
    ['of which nothing is known', anEvent({ type: 'cart-abandoned', n: 3 })],
    ['that is empty', anEvent({ type: 'cart-abandoned', n: 3, data: { items: [] } })],
    ['of another event', aPurchase(3)],
  ])('knows no cart %s', (_, because) => {
    expect(valuesOf(aCustomer(twice), because, playbook).cart).toBeNull();
  });

  it('remembers how it began', () => {
    const metThrough = { channel: 'fair', campaign: 'spring' };
    const customer = aCustomer([anEvent({ type: 'sign-up', n: 1, customer: { metThrough } }), ...twice]);

    const values = valuesOf(customer, undefined, playbook);

    expect(values.customer.metThrough).toBe('fair');
    expect(values.orders).toMatchObject({ first: NOON, firstNames: ['Kind of Blue'] });
  });

  it('tells which order it is about only if that is one of the customer’s', () => {
    const about = (orderId: string) => anEvent({ type: 'complaint', n: 3, data: { orderId } });

    expect(valuesOf(aCustomer(twice), about('o-1'), playbook).because.orderId).toBe('o-1');
    expect(valuesOf(aCustomer(twice), about('o-9'), playbook).because.orderId).toBeNull();
  });

  it('holds no address', () => {
    expect(JSON.stringify(valuesOf(aCustomer(twice), twice[0], playbook))).not.toContain('an@example.com');
  });
});
