import { describe, expect, it } from '@jest/globals';
import { keptRef } from '../../api/kept-ref.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aCustomer, anEvent, CUSTOMER_ID, NOON } from '../support/builders.ts';
import { aJourney } from '../support/ledger.ts';

const customer = aCustomer([anEvent({ type: 'sign-up', n: 1 })], { externalIds: ['shop:c-17'] });

describe('PUT /v1/customers/:id', () => {
  const url = '/v1/customers/shop:c-17';

  it('keeps what is told as an event `profile`, and answers the customer', async () => {
    const world = aWorld({ customers: [customer] });
    const app = await anApi(world);
    const payload = {
      ...{ birthday: '06-21', metThrough: { channel: 'fair' }, answers: { roast: 'dark' } },
      consent: [{ topic: 'tips', withdrawn: true }],
    };

    const answer = await app.inject({ method: 'PUT', url, headers: asAdmin(), payload });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      ...{
        id: CUSTOMER_ID,
        externalIds: ['shop:c-17'],
        phase: 'first-contact',
        state: 'active',
        name: { first: 'An' },
      },
      consents: { news: { granted: true, basis: 'consent' } },
    });
    expect(world.received).toEqual([
      {
        ...{ customerId: CUSTOMER_ID, type: 'profile', at: NOON, data: { answers: { roast: 'dark' } } },
        customer: { birthday: '06-21', metThrough: { channel: 'fair' } },
        consent: [{ topic: 'tips', withdrawn: true }],
      },
    ]);
  });

  it('refuses what it does not know, and changes nothing', async () => {
    const world = aWorld({ customers: [customer] });
    const app = await anApi(world);

    const answer = await app.inject({
      method: 'PUT',
      url,
      headers: asAdmin(),
      payload: { birthdate: '06-21' },
    });

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([
      { pointer: '/birthdate', message: 'unknown key "birthdate"', hint: 'did you mean "birthday"?' },
    ]);
    expect(world.received).toEqual([]);
  });
});

describe('POST /v1/journeys', () => {
  const payload = { customer: { email: 'an@example.com' }, because: 'fair-2026', welcome: true };

  it('begins a journey of somebody new', async () => {
    const world = aWorld({ customers: [customer] });
    const app = await anApi(world);

    const answer = await app.inject({ method: 'POST', url: '/v1/journeys', headers: asAdmin(), payload });

    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ customerId: CUSTOMER_ID, phase: 'first-contact', started: true });
    expect(world.received).toEqual([{ source: 'shop', at: NOON, ...payload }]);
  });

  it('changes nothing for who is on their way already', async () => {
    const app = await anApi(aWorld({ customers: [{ ...customer, journey: aJourney() }] }));

    const answer = await app.inject({ method: 'POST', url: '/v1/journeys', headers: asAdmin(), payload });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ customerId: CUSTOMER_ID, phase: 'relationship', started: false });
  });

  it('asks who, and why', async () => {
    const app = await anApi();

    const answer = await app.inject({
      method: 'POST',
      url: '/v1/journeys',
      headers: asAdmin(),
      payload: { customer: {} },
    });

    expect(
      answer
        .json()
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .sort(),
    ).toEqual(['/because', '/customer']);
  });
});

describe('keptRef', () => {
  it.each([
    ['01JX0000000000000000000001', '01JX0000000000000000000001'],
    ['shop:c-17', 'shop:c-17'],
  ])('leaves %s', (ref, kept) => {
    expect(keptRef('key', ref)).toBe(kept);
  });

  it('hashes an id that is an address, as it was at receipt', () => {
    expect(keptRef('key', 'shop:an@example.com')).toMatch(/^shop:[\w-]{43}$/);
  });
});
