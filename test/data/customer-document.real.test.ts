import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trusted } from 'mongoose';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { aDatabase } from '../support/shop.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

describe('CustomerModel', () => {
  it.each([
    ['whoever became a customer', { mergedInto: trusted({ $in: ['a', 'b'] }) }],
    ['the customer of an address', { emailKey: 'key' }],
    ['the customer of a source', { externalIds: 'shop:c-17' }],
  ])('finds %s without looking at everybody', async (_, filter) => {
    const plan = JSON.stringify(await CustomerModel.find(filter).explain('queryPlanner'));

    expect(plan).toContain('"IXSCAN"');
    expect(plan).not.toContain('"COLLSCAN"');
  });
});
