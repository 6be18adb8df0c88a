import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { privacyRequests } from '../../data/privacy-requests.ts';
import { createReceiveRequest } from '../../data/receive-request.ts';
import { anApi, aWorld } from '../support/api.ts';
import { bytesOfSample, deliver, topicOf, WEBHOOK_SECRETS } from '../support/payloads.ts';
import { aClock, aDatabase, anEvent, aReceive } from '../support/shop.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const JAN = { id: '191167', email: 'jan@example.com' };

let app: FastifyInstance;
let customerId: string;
beforeAll(async () => {
  await aDatabase();
  const receiver = aReceive({ now: NOW });
  app = await anApi(aWorld(), {
    clock: aClock(NOW),
    receiver,
    settings: {
      secrets: ['a secret of the tests'],
      publicUrl: 'http://127.0.0.1:3000',
      requestsPerTenSeconds: 1_000,
      webhookSecrets: WEBHOOK_SECRETS,
    },
    receiveRequest: createReceiveRequest({ hashKey: 'key', erasesByHand: false }),
  });
  const [receipt] = await receiver.receive([{ ...anEvent(JAN), source: 'shopify' }], 'api');
  customerId = receipt?.customerId ?? '';
});
afterAll(async () => {
  await app.close();
  await disconnect();
});

function tell(name: string, headers: object = {}) {
  return deliver(app, 'shopify', {
    topic: topicOf('shopify', name),
    body: bytesOfSample('shopify', name),
    headers,
  });
}

describe('POST /webhooks/shopify, of what the law asks', () => {
  it('erases nobody by what is not signed', async () => {
    expect((await tell('customers-redact', { 'x-shopify-hmac-sha256': 'forged' })).statusCode).toBe(401);

    expect(await customers.byId(customerId)).not.toHaveProperty('erased');
  });

  it('keeps a request for data until a person answers it', async () => {
    const answer = await tell('customers-data_request');

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      receipts: [],
      request: expect.stringMatching(/^shopify\/tell-data\/[\w-]{22}$/),
    });
    expect(await privacyRequests.find(answer.json().request)).toMatchObject({ customerId: JAN.id });
  });

  it('erases the customer whom a shop wants redacted, and says so each time it is told', async () => {
    const answer = await tell('customers-redact');
    const again = await tell('customers-redact');

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ answered: 'erased' });
    expect(again.json()).toEqual(answer.json());
    expect(await customers.byId(customerId)).toMatchObject({ erased: true });
    expect(answer.body).not.toMatch(/191167|jan@example/);
  });

  it('answers a later request of other orders as one of its own', async () => {
    const later = bytesOfSample('shopify', 'customers-redact').toString().replace('299938', '299939');

    const answer = await deliver(app, 'shopify', { topic: 'customers/redact', body: later });

    expect(answer.json()).toMatchObject({ answered: 'not-known' });
    expect(await privacyRequests.closed(9)).toHaveLength(2);
  });

  it('leaves a shop that goes to a person', async () => {
    const answer = await tell('shop-redact');

    expect(answer.json()).not.toHaveProperty('answered');
    expect(await privacyRequests.find(answer.json().request)).toMatchObject({ kind: 'erase-shop' });
  });
});
