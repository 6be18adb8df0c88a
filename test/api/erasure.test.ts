import { describe, expect, it } from '@jest/globals';
import { ADMIN_KEY, anApi, asAdmin, aWorld } from '../support/api.ts';
import { aCustomer, CUSTOMER_ID, NOON } from '../support/builders.ts';

const ASKED = { customerId: CUSTOMER_ID, askedAt: new Date(NOON) };
const URL_OF = `/v1/customers/${CUSTOMER_ID}`;

function anApiThatErases(more: object = {}) {
  const asked: unknown[] = [];
  const erasure = { ...ASKED, ...more };
  const erasures = {
    ask: async (...args: unknown[]) => {
      asked.push(args);
      return erasure;
    },
    find: async () => erasure,
  };
  const world = aWorld({ customers: [aCustomer([])] });
  return { asked, app: anApi(world, { erasures }) };
}

describe('DELETE /v1/customers/:id', () => {
  it('answers 202 while it goes on, with how far it is', async () => {
    const { app, asked } = anApiThatErases();

    const answer = await (await app).inject({ method: 'DELETE', url: URL_OF, headers: bare() });

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      ...{ customerId: CUSTOMER_ID, state: 'erasing', erasedAt: null },
      askedAt: new Date(NOON).toISOString(),
    });
    expect(asked).toEqual([[CUSTOMER_ID, 'admin', NOON]]);
  });

  it('answers 200 once nothing is left', async () => {
    const { app } = anApiThatErases({ doneAt: new Date(NOON) });

    const answer = await (await app).inject({ method: 'DELETE', url: URL_OF, headers: bare() });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ state: 'erased' });
  });

  it('answers 404 where there is nobody', async () => {
    const app = await anApi();

    const answer = await app.inject({ method: 'DELETE', url: '/v1/customers/nobody', headers: bare() });

    expect(answer.statusCode).toBe(404);
  });
});

describe('somebody who was erased', () => {
  it('is gone, in so many words', async () => {
    const app = await anApi(aWorld({ customers: [aCustomer([], { erased: true })] }));

    const answer = await app.inject({ url: `${URL_OF}/journey`, headers: asAdmin() });

    expect(answer.statusCode).toBe(410);
    expect(answer.json().detail).toBe('this customer was erased; nothing is kept of them');
  });
});

/** A request without a body says no type of one. */
function bare() {
  return { authorization: `Bearer ${ADMIN_KEY}` };
}
