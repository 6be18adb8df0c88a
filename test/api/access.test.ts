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

  it('limits each key that it knows apart, and says when to come back', async () => {
    const ask = await limited(2);

    await ask('rk_one'); // the first of a key counts for the address: nobody is known before
    await ask('rk_two');
    const ofOne = [await ask('rk_one'), await ask('rk_one'), await ask('rk_one')];
    const third = ofOne.at(-1);

    expect(ofOne.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(Number(third?.headers['retry-after'])).toBeGreaterThan(0);
    expect(third?.json()).toMatchObject({ status: 429, title: 'Too Many Requests' });
    expect((await ask('rk_two')).statusCode).toBe(200);
  });

  it('gives keys that are made up no allowance of their own', async () => {
    const ask = await limited(2);

    const codes = [];
    for (const key of ['rk_a', 'rk_b', 'rk_c', 'rk_d']) codes.push((await ask(key)).statusCode);

    expect(codes).toEqual([401, 401, 429, 429]);
  });

  it('counts whoever needs no key by the address, whatever key is sent', async () => {
    const ask = await limited(2, '/sign-in');

    const codes = [];
    for (const key of ['rk_one', 'rk_a', 'rk_b']) codes.push((await ask(key)).statusCode);

    expect(codes).toEqual([200, 200, 429]);
  });
});

/** Asks with a key, of a server that answers each caller so often in ten seconds and knows two keys. */
async function limited(requestsPerTenSeconds: number, at = url) {
  const check = async (key: string) =>
    key === 'rk_one' || key === 'rk_two'
      ? { id: key, name: key, scopes: ['customers:read'], createdAt: new Date() }
      : undefined;
  const settings = { secrets: ['s'], publicUrl: 'http://127.0.0.1', requestsPerTenSeconds };
  const app = await anApi(aWorld({ customers: [aCustomer([])] }), { settings, apiKeys: { check } });
  return (key: string) => app.inject({ url: at, headers: { authorization: `Bearer ${key}` } });
}

describe('callerOf', () => {
  it('never holds the key itself', async () => {
    const app = await anApi(aWorld({ customers: [aCustomer([])] }));
    const everybody = new Set<string>();
    everybody.has = () => true;
    const seen: string[] = [];
    app.addHook('onRequest', async (request) => void seen.push(callerOf(request, everybody)));

    await app.inject({ url, headers: asAdmin() });

    expect(seen).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(seen[0]).not.toContain(ADMIN_KEY);
  });
});
