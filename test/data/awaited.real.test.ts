import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwaitedModel } from '../../data/awaited.ts';
import { disconnect } from '../../data/connect.ts';
import { aDatabase } from '../support/shop.ts';

beforeAll(aDatabase);
afterAll(disconnect);

describe('awaited', () => {
  it('keeps what waits for an order that nobody tells for 400 days, not for ever', async () => {
    const indexes = await AwaitedModel.collection.indexes();

    expect(indexes).toContainEqual(
      expect.objectContaining({ key: { receivedAt: 1 }, expireAfterSeconds: 400 * 86_400 }),
    );
  });
});
