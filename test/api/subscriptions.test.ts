import { describe, expect, it } from '@jest/globals';
import { anApi, asAdmin } from '../support/api.ts';

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
});

/** A key, and no body. */
function bare() {
  const { authorization } = asAdmin();
  return { authorization };
}
