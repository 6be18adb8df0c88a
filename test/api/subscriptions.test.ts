import { describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { ADMIN_KEY, anApi, asAdmin, aWorld } from '../support/api.ts';

const wanted = { url: 'https://crm.example/rapport', events: ['send.settled'] };

describe('/v1/webhooks', () => {
  it('keeps a subscription, tells its secret once, and forgets it', async () => {
    const app = await anApi();
    const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
      return app.inject({ method, url, headers: asAdmin(), ...(payload && { payload }) });
    };

    const made = await ask('POST', '/v1/webhooks', wanted);
    const listed = await ask('GET', '/v1/webhooks');
    const renewed = await ask('POST', '/v1/webhooks/w-1/secret', {});
    const removed = await app.inject({ method: 'DELETE', url: '/v1/webhooks/w-1', headers: bare() });
    const again = await app.inject({ method: 'DELETE', url: '/v1/webhooks/w-1', headers: bare() });

    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ id: 'w-1', ...wanted, state: 'active', secret: 'whsec_first' });
    expect(listed.json().webhooks).toMatchObject([{ id: 'w-1', ...wanted }]);
    expect(listed.body).not.toContain('whsec_');
    expect(renewed.json()).toEqual({ secret: 'whsec_second' });
    expect([removed.statusCode, again.statusCode]).toEqual([204, 404]);
  });

  it.each([
    ['plain http elsewhere', { ...wanted, url: 'http://crm.example/' }, '/url'],
    ['a password in the address', { ...wanted, url: 'https://a:b@crm.example/' }, '/url'],
    ['no address', { ...wanted, url: 'crm' }, '/url'],
    ['an event that does not exist', { ...wanted, events: ['mail.opened'] }, '/events/0'],
    ['nothing to tell', { ...wanted, events: [] }, '/events'],
  ])('refuses %s', async (_what, payload, pointer) => {
    const app = await anApi();

    const answer = await app.inject({ method: 'POST', url: '/v1/webhooks', headers: asAdmin(), payload });

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it.each([
    ['a private network', 'https://10.0.0.7/hook'],
    ['the network of a home', 'https://192.168.1.1/'],
    ['this machine', 'https://127.0.0.1/'],
    ['this machine, in plain', 'http://127.0.0.1:9000/'],
    ['this machine, by name', 'https://localhost:8443/'],
    ['this machine, by a name with a dot', 'https://localhost./'],
    ['this machine, as one number', 'https://2130706433/'],
    ['this machine, in IPv6', 'https://[::1]/'],
    ['IPv4 within IPv6', 'https://[::ffff:10.0.0.7]/'],
    ['a unique local address', 'https://[fd12::1]/'],
    ['a link', 'https://[fe80::1]/'],
    ['where a cloud keeps its secrets', 'https://169.254.169.254/latest/meta-data'],
  ])('refuses %s to a shop on the internet', async (_what, address) => {
    const app = await anApi(aWorld(), inPublic);

    const answer = await subscribe(app, address);

    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toBe('/url: leads into a private network; use a public address');
  });

  it('tells public addresses from a shop on the internet, and this machine where Rapport runs on it alone', async () => {
    const app = await anApi(aWorld(), inPublic);

    const answers = [
      await subscribe(app, 'https://crm.example/rapport'),
      await subscribe(app, 'https://172.32.0.1/'),
      await subscribe(app, 'https://[2606:4700::1]/'),
      await subscribe(await anApi(), 'http://127.0.0.1:9000/'),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201]);
  });
});

const inPublic = {
  settings: {
    ...{ adminKey: ADMIN_KEY, secrets: ['a secret of the tests'] },
    ...{ publicUrl: 'https://mail.shop.example', requestsPerTenSeconds: 1_000 },
  },
};

function subscribe(app: FastifyInstance, url: string) {
  const payload = { ...wanted, url };
  return app.inject({ method: 'POST', url: '/v1/webhooks', headers: asAdmin(), payload });
}

/** A key, and no body. */
function bare() {
  const { authorization } = asAdmin();
  return { authorization };
}
