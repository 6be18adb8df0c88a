import { describe, expect, it } from '@jest/globals';
import { ADMIN_KEY, anApi, asAdmin, aWorld } from '../support/api.ts';

const track = { messageId: 'm-1', userId: 'c-17', event: 'Signed Up' };

function basic(key: string) {
  return {
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    'content-type': 'application/json',
  };
}

describe('POST /v1/segment/:call', () => {
  it.each(['/v1/segment/track', '/v1/segment/t'])(
    'takes a library of Segment at %s, its write key being an API key',
    async (url) => {
      const world = aWorld();
      const app = await anApi(world);

      const answer = await app.inject({ method: 'POST', url, headers: basic(ADMIN_KEY), payload: track });

      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ success: true, receipts: [{ source: 'segment', id: 'm-1' }] });
      expect(world.received).toMatchObject([{ type: 'sign-up', customer: { id: 'c-17' } }]);
    },
  );

  it.each([
    ['another key', '/v1/segment/track', basic('rk_another'), track, 401],
    ['a call that does not exist', '/v1/segment/sing', asAdmin(), track, 404],
    ['an event without a name', '/v1/segment/track', asAdmin(), { ...track, event: undefined }, 422],
    [
      'a batch with one bad message',
      '/v1/segment/batch',
      asAdmin(),
      { batch: [{ ...track, type: 'track' }, {}] },
      422,
    ],
  ])('refuses %s, and keeps nothing', async (_what, url, headers, payload, status) => {
    const world = aWorld();
    const app = await anApi(world);

    const answer = await app.inject({ method: 'POST', url, headers, payload });

    expect(answer.statusCode).toBe(status);
    expect(world.received).toEqual([]);
  });
});
