import { describe, expect, it } from '@jest/globals';
import { callerOf } from '../../api/access.ts';
import { ADMIN_KEY, anApi, asAdmin, aWorld } from '../support/api.ts';
import { aCustomer, CUSTOMER_ID } from '../support/builders.ts';

const url = `/v1/customers/${CUSTOMER_ID}/journey`;

function withKey(scopes: readonly string[]) {
  const apiKeys = {
    check: async (key: string) =>
      key === 'rk_shop' ? { id: '1', name: 'shop', scopes, createdAt: new Date() } : undefined,
  };
  return anApi(aWorld({ customers: [aCustomer([])] }), { apiKeys });
}

describe('access', () => {
  it.each([
    ['no key', {}],
    ['a key that is not known', { authorization: 'Bearer rk_nobody' }],
    ['another scheme', { authorization: `Basic ${ADMIN_KEY}` }],
    ['a key with words after it', { authorization: `Bearer ${ADMIN_KEY} please` }],
  ])('answers %s with 401, and says how', async (_what, headers) => {
    const answer = await (await anApi()).inject({ url, headers });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json().status).toBe(401);
  });

  it('lets the admin key do all', async () => {
    const app = await anApi(aWorld({ customers: [aCustomer([])] }));

    expect((await app.inject({ url, headers: asAdmin() })).statusCode).toBe(200);
  });

  it('lets a key do what its scopes say, and names the one it lacks', async () => {
    const reader = await withKey(['customers:read']);
    const writer = await withKey(['events:write']);
    const headers = { authorization: 'Bearer rk_shop' };

    expect((await reader.inject({ url, headers })).statusCode).toBe(200);
    const refused = await writer.inject({ url, headers });
    expect(refused.statusCode).toBe(403);
    expect(refused.json().detail).toBe('this API key lacks the scope customers:read');
  });

  it('knows nobody by an empty admin key', async () => {
    const app = await anApi(aWorld(), {
      settings: { secrets: ['secret'], publicUrl: 'http://127.0.0.1:3000', requestsPerTenSeconds: 100 },
    });

    const answer = await app.inject({ url, headers: { authorization: 'Bearer undefined' } });

    expect(answer.statusCode).toBe(401);
  });

  it('limits each key apart, and says when to come back', async () => {
    const app = await anApi(aWorld(), {
      settings: {
        adminKey: ADMIN_KEY,
        secrets: ['s'],
        publicUrl: 'http://127.0.0.1',
        requestsPerTenSeconds: 2,
      },
    });
    const ask = (key: string) => app.inject({ url, headers: { authorization: `Bearer ${key}` } });

    await ask('rk_one');
    await ask('rk_one');
    const third = await ask('rk_one');
    const other = await ask('rk_two');

    expect(third.statusCode).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(third.json()).toMatchObject({ status: 429, title: 'Too Many Requests' });
    expect(other.statusCode).toBe(401);
  });
});

describe('callerOf', () => {
  it('never holds the key itself', async () => {
    const app = await anApi();
    let caller = '';
    app.addHook('onRequest', async (request) => {
      caller = callerOf(request);
    });

    await app.inject({ url, headers: asAdmin() });

    expect(caller).not.toContain(ADMIN_KEY);
  });
});
