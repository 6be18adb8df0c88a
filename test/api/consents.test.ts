import { describe, expect, it } from '@jest/globals';
import { proofsOf } from '../../domain/consent-proof.ts';
import { ADMIN_KEY, anApi, asAdmin, aWorld, signIn } from '../support/api.ts';
import { aCustomer, anEvent, CUSTOMER_ID, NOON } from '../support/builders.ts';

const wording = 'Yes, write to me about news.';
const EVENTS = [
  anEvent({ type: 'sign-up', n: 1, consent: [{ topic: 'news', basis: 'consent', wording }] }),
  anEvent({ type: 'unsubscribe', n: 2, at: NOON + 1_000, consent: [], data: { how: 'page' } }),
];
const WORLD = aWorld({
  customers: [aCustomer(EVENTS)],
  proofs: EVENTS.flatMap((event) => proofsOf(event, 'key-an')).toReversed(),
});

describe('GET /v1/customers/:id/consents', () => {
  it('tells what holds, when all marketing was refused, and what was ever said, by what it is proven', async () => {
    const app = await anApi(WORLD);

    const answer = await app.inject({
      url: `/v1/customers/${CUSTOMER_ID}/consents`,
      headers: asAdmin(ADMIN_KEY),
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      customerId: CUSTOMER_ID,
      marketingOff: '2026-06-01T10:00:01.000Z',
      consents: { news: { granted: false, basis: 'consent' } },
      history: [
        { topic: '*', change: 'withdrawn', how: 'page', basis: null, imported: false },
        { topic: 'news', change: 'given', basis: 'consent', wording, at: '2026-06-01T10:00:00.000Z' },
      ],
    });
    expect(answer.body).not.toContain('key-an');
  });

  it('needs a key that may read customers', async () => {
    const app = await anApi(WORLD);

    expect((await app.inject(`/v1/customers/${CUSTOMER_ID}/consents`)).statusCode).toBe(401);
  });
});

describe('the page of a customer', () => {
  it('takes what a shop calls service for no yes', async () => {
    const told = anEvent({ type: 'purchase', n: 1, consent: [{ topic: 'news', basis: 'service' }] });
    const app = await anApi(aWorld({ customers: [aCustomer([told])], proofs: proofsOf(told, 'key-an') }));
    const cookie = String((await signIn(app)).headers['set-cookie']);

    const { body } = await app.inject({ url: `/customers/${CUSTOMER_ID}?lang=en`, headers: { cookie } });

    expect(body).toContain('News: said to be service by who told us; no consent');
    expect(body).not.toContain('News: yes');
  });

  it('shows what was ever said of consent, in the words of the playbook', async () => {
    const app = await anApi(WORLD);
    const cookie = String((await signIn(app)).headers['set-cookie']);

    const { body } = await app.inject({ url: `/customers/${CUSTOMER_ID}?lang=en`, headers: { cookie } });

    expect(body).toContain('All marketing: no (by the link in a mail)');
    expect(body).toContain('News: yes (consent)');
  });
});
