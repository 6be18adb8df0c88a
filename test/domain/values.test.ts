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

  it('holds no address', () => {
    expect(JSON.stringify(valuesOf(aCustomer(twice), twice[0], playbook))).not.toContain('an@example.com');
  });
});
