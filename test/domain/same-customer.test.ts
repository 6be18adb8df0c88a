import { describe, expect, it } from '@jest/globals';
import type { Incoming } from '../../domain/incoming.ts';
import { byCustomer } from '../../domain/same-customer.ts';

const from = (id: string, customer: Incoming['customer'], source = 'shop'): Incoming => {
  return { id, source, type: 'purchase', at: 0, customer };
};
const groups = (...events: readonly Incoming[]) => byCustomer(events).map((own) => own.map(({ id }) => id));

describe('byCustomer', () => {
  it('knows a customer again by id, and by address however it is written', () => {
    const found = groups(
      from('a', { id: 'c-1', email: 'An@Example.com' }),
      from('b', { id: 'c-2' }),
      from('c', { id: 'c-1' }),
      from('d', { email: 'an@example.com' }),
    );

    expect(found).toEqual([['a', 'c', 'd'], ['b']]);
  });

  it('makes one of two who turn out to be the same', () => {
    const found = groups(
      from('a', { id: 'c-1' }),
      from('b', { email: 'an@example.com' }),
      from('c', { id: 'c-1', email: 'an@example.com' }),
      from('d', { email: 'an@example.com' }),
    );

    expect(found).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('tells the same id of two systems apart', () => {
    expect(groups(from('a', { id: '1' }), from('b', { id: '1' }, 'till'))).toEqual([['a'], ['b']]);
  });
});
