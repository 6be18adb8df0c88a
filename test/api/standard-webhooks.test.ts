import { describe, expect, it } from '@jest/globals';
import { signStandard } from '../../domain/standard-webhook.ts';
import { anApi, aWorld } from '../support/api.ts';
import { NOON } from '../support/builders.ts';

const OLD = `whsec_${Buffer.from('the old secret of thirty bytes').toString('base64')}`;
const NEW = `whsec_${Buffer.from('the new secret of thirty bytes').toString('base64')}`;
const settings = {
  secrets: ['a secret of the tests'],
  publicUrl: 'http://127.0.0.1:3000',
  requestsPerTenSeconds: 1_000,
  webhookSecrets: { standard: [OLD, NEW] },
};
const BODY = JSON.stringify({
  id: 's-1',
  source: 'shop',
  type: 'sign-up',
  at: '2026-06-01T09:59:00Z',
  customer: { id: 'c-17', email: 'an@example.com' },
});

function headersOf({ secrets = [NEW], ago = 0, id = 'msg_1', body = BODY } = {}) {
  const timestamp = NOON / 1000 - ago;
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signStandard(body, { id, timestamp }, secrets),
  };
}

describe('signStandard', () => {
  it('signs as the specification has it', () => {
    // the example of https://github.com/standard-webhooks/standard-webhooks, libraries/javascript
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const stamp = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330 };

    expect(signStandard('{"test": 2432232314}', stamp, [secret])).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});

describe('POST /webhooks/events', () => {
  it.each([
    ['the old secret', headersOf({ secrets: [OLD] })],
    ['the new secret', headersOf({ secrets: [NEW] })],
    ['both', headersOf({ secrets: [OLD, NEW] })],
    ['a clock that is four minutes behind', headersOf({ ago: 240 })],
    ['a clock that is four minutes ahead', headersOf({ ago: -240 })],
  ])('takes events signed with %s, without a key', async (_what, headers) => {
    const world = aWorld();
    const app = await anApi(world, { settings });

    const answer = await app.inject({ method: 'POST', url: '/webhooks/events', headers, payload: BODY });

    expect(answer.statusCode).toBe(202);
    expect(answer.json().receipts).toMatchObject([{ source: 'shop', id: 's-1' }]);
    expect(world.received).toMatchObject([{ type: 'sign-up' }]);
  });

  it.each([
    [
      'signed with another secret',
      headersOf({ secrets: ['whsec_bm90IHRoZSBzZWNyZXQgb2YgYW55Ym9keSBoZXJl'] }),
    ],
    ['of six minutes ago', headersOf({ ago: 360 })],
    ['of six minutes ahead', headersOf({ ago: -360 })],
    ['signed over another body', headersOf({ body: `${BODY} ` })],
    ['replayed under another id', { ...headersOf(), 'webhook-id': 'msg_2' }],
    ['replayed at another time', { ...headersOf({ ago: 900 }), 'webhook-timestamp': String(NOON / 1000) }],
    ['not signed', { 'content-type': 'application/json' }],
    ['stamped with nonsense', { ...headersOf(), 'webhook-timestamp': '1e9' }],
  ])('refuses what is %s, and keeps nothing', async (_what, headers) => {
    const world = aWorld();
    const app = await anApi(world, { settings });

    const answer = await app.inject({ method: 'POST', url: '/webhooks/events', headers, payload: BODY });

    expect(answer.statusCode).toBe(401);
    expect(world.received).toEqual([]);
  });

  it('says that it is closed where no secret is set', async () => {
    const app = await anApi();

    const answer = await app.inject({
      method: 'POST',
      url: '/webhooks/events',
      headers: headersOf(),
      payload: BODY,
    });

    expect(answer.statusCode).toBe(404);
  });
});
