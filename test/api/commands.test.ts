import { describe, expect, it } from '@jest/globals';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aCustomer, anEvent, CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aJourney } from '../support/ledger.ts';

const customer = aCustomer([anEvent({ type: 'sign-up', n: 1 })], { externalIds: ['shop:c-17'] });

async function ask(command: string, payload: object, { known = customer, ref = CUSTOMER_ID } = {}) {
  const world = aWorld({ customers: [known] });
  const app = await anApi(world);
  const url = `/v1/customers/${ref}/journey/${command}`;
  const answer = await app.inject({ method: 'POST', url, headers: asAdmin(), payload });
  return { answer, received: world.received };
}

describe('POST /v1/customers/:id/journey/…', () => {
  it.each([
    ['pause', { because: 'on holiday' }, { because: 'on holiday' }],
    [
      'pause',
      { because: 'on holiday', until: '2026-06-11T10:00:00Z' },
      { because: 'on holiday', until: NOON + 10 * DAY },
    ],
    ['resume', { because: 'back' }, { because: 'back' }],
    [
      'move',
      { because: 'met in the shop', to: 'ambassador' },
      { because: 'met in the shop', to: 'ambassador' },
    ],
    ['end', { because: 'asked to' }, { because: 'asked to' }],
  ])('keeps %s as an event, and answers its receipt', async (type, body, data) => {
    const { answer, received } = await ask(type, body);

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ source: 'rapport', id: '01', customerId: CUSTOMER_ID, duplicate: false });
    expect(received).toEqual([{ customerId: CUSTOMER_ID, type, at: NOON, data }]);
  });

  it('knows a customer by the shop’s own id', async () => {
    const { answer } = await ask('resume', { because: 'back' }, { ref: 'shop:c-17' });

    expect(answer.json().customerId).toBe(CUSTOMER_ID);
  });

  it.each(['pause', 'resume', 'move', 'end'])(
    'answers %s with 409 when the journey has ended',
    async (command) => {
      const known = { ...customer, known: { ...customer.known, ended: true } };

      const { answer, received } = await ask(
        command,
        { because: 'x', ...(command === 'move' && { to: 'ambassador' }) },
        { known },
      );

      expect(answer.statusCode).toBe(409);
      expect(received).toEqual([]);
    },
  );

  it('takes a command while the workflow has not heard yet of a new beginning', async () => {
    const known = { ...customer, journey: aJourney({ ended: 'ended' }) };

    expect((await ask('pause', { because: 'x' }, { known })).answer.statusCode).toBe(202);
  });

  it.each([
    ['pause', { because: 'x', until: '2026-05-01T00:00:00Z' }, '/until'],
    ['pause', { because: 'x', until: '9999-01-01T00:00:00Z' }, '/until'],
    ['pause', { because: 'x', untill: '2026-07-01T00:00:00Z' }, '/untill'],
    ['pause', {}, '/because'],
    ['move', { because: 'x', to: 'friend' }, '/to'],
    ['end', { because: 'x', to: 'relationship' }, '/to'],
  ])('refuses %s with %j', async (command, body, pointer) => {
    const { answer, received } = await ask(command, body);

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(pointer);
    expect(received).toEqual([]);
  });

  it.each([
    ['nobody', customer, 404],
    [CUSTOMER_ID, { ...customer, erased: true }, 410],
  ])('refuses for who is not there, or not any more', async (ref, known, status) => {
    expect((await ask('end', { because: 'x' }, { known, ref })).answer.statusCode).toBe(status);
  });
});
