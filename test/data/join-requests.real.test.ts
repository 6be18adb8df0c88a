import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { disconnect } from '../../data/connect.ts';
import { JoinRequestModel, joinRequests } from '../../data/join-requests.ts';
import { SuppressionModel, suppressions } from '../../data/suppressions.ts';
import { HOUR, NOON } from '../support/builders.ts';
import { aDatabase, aPurchase, aReceive, somebody } from '../support/shop.ts';

const MINUTE = 60_000;
const WISH = { email: 'an@example.com', topics: ['news'], language: 'nl', where: 'https://x.example/join' };

beforeAll(aDatabase);
afterAll(disconnect);

describe('ask', () => {
  it('keeps one request of any number that come at once with the same address', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => joinRequests.ask('at-once', WISH, NOON)),
    );

    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await JoinRequestModel.countDocuments({ addressKey: 'at-once' })).toBe(1);
  });

  it('keeps three a day, ten minutes apart; each is a request of its own', async () => {
    const moments = [0, 9, 10, 20, 30, 24 * 60 - 1, 24 * 60];
    const kept: boolean[] = [];
    for (const minutes of moments) kept.push(await joinRequests.ask('often', WISH, NOON + minutes * MINUTE));

    expect(kept).toEqual([true, false, true, true, false, false, true]);
    expect(await joinRequests.find('often.000004')).toMatchObject({ state: 'waiting', wish: WISH });
  });

  it('holds nobody back whose address only begins the same', async () => {
    await joinRequests.ask('key', WISH, NOON);

    expect(await joinRequests.ask('key2', WISH, NOON)).toBe(true);
    expect(await joinRequests.ask('ke', WISH, NOON)).toBe(true);
  });

  it('forgets a request an hour after its link ended, by MongoDB itself', async () => {
    await joinRequests.ask('forgotten', WISH, NOON);
    const indexes = await mongoose.connection.collection('joinRequests').indexes();

    const kept = await JoinRequestModel.findById('forgotten.000001').lean();
    expect(kept?.removeAt).toEqual(new Date(NOON + 73 * HOUR));
    expect(indexes).toContainEqual(expect.objectContaining({ key: { removeAt: 1 }, expireAfterSeconds: 0 }));
  });
});

describe('confirm', () => {
  it('forgets who it was, and is found as confirmed', async () => {
    await joinRequests.ask('confirmed', WISH, NOON);
    await joinRequests.confirm('confirmed.000001');

    expect(await joinRequests.find('confirmed.000001')).toEqual({
      ...{ id: 'confirmed.000001', addressKey: 'confirmed', askedAt: NOON, state: 'confirmed' },
    });
  });
});

describe('lift', () => {
  const liftable = (reason: string) => reason === 'unsubscribe';

  it.each([
    ['an unsubscription of before', 'unsubscribe', NOON + 1, undefined],
    ['not one of since', 'unsubscribe', NOON, 'unsubscribe'],
    ['not a bounce', 'hard-bounce', NOON + 1, 'hard-bounce'],
  ])('lifts %s', async (what, reason, before, left) => {
    await suppressions.add(what, reason, NOON);

    await suppressions.lift(what, before, liftable);

    expect(await suppressions.reason(what)).toBe(left);
  });

  it('lets the customer be written to again', async () => {
    const an = somebody();
    const [receipt] = await aReceive().receive([aPurchase(an)], 'api');
    const customers = mongoose.connection.collection('customers');
    const find = async () => customers.findOne({ externalIds: `shop:${an.id}` });
    const key = String((await find())?.emailKey);
    await suppressions.add(key, 'unsubscribe', NOON);
    expect((await find())?.suppressed).toBe('unsubscribe');

    await suppressions.lift(key, NOON + 1, liftable);

    expect(receipt?.duplicate).toBe(false);
    expect(await find()).not.toHaveProperty('suppressed');
    expect(await SuppressionModel.countDocuments({ _id: key })).toBe(0);
  });
});
