import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import mongoose from 'mongoose';
import { keptRef } from '../../api/kept-ref.ts';
import { buildServer } from '../../api/server.ts';
import { apiKeys } from '../../data/api-keys.ts';
import { awaited } from '../../data/awaited.ts';
import { caseSteps } from '../../data/case-steps.ts';
import { cases } from '../../data/cases.ts';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { clicks } from '../../data/clicks.ts';
import { confirmationBounces } from '../../data/confirmation-bounces.ts';
import { disconnect } from '../../data/connect.ts';
import { consentEvents } from '../../data/consent-events.ts';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { erasures } from '../../data/erasures.ts';
import { events } from '../../data/events.ts';
import { everythingOf } from '../../data/everything.ts';
import { failedSends } from '../../data/failed-sends.ts';
import { gifts } from '../../data/gifts.ts';
import { grantCosts } from '../../data/grant-costs.ts';
import { joinRequests } from '../../data/join-requests.ts';
import { countMetThrough } from '../../data/met-through.ts';
import { playbooks } from '../../data/playbooks.ts';
import { pointEntries } from '../../data/point-entries.ts';
import { createReceiveRequest } from '../../data/receive-request.ts';
import { redemptions } from '../../data/redemptions.ts';
import { rehearsals } from '../../data/rehearsals.ts';
import { countResults } from '../../data/results.ts';
import { sending } from '../../data/sending.ts';
import { sends } from '../../data/sends.ts';
import { suppressions } from '../../data/suppressions.ts';
import { teamTasks } from '../../data/team-tasks.ts';
import { templates } from '../../data/templates.ts';
import { unsettledSends } from '../../data/unsettled-sends.ts';
import { webhooks } from '../../data/webhooks.ts';
import { ADMIN_KEY, asAdmin, NOTHING_TO_PUBLISH } from '../support/api.ts';
import { fakeSurprises } from '../support/fake-surprises.ts';
import { someReports } from '../support/returned.ts';
import { aDatabase, anAnswers, aReceive, HOUR } from '../support/shop.ts';

/** The moment at which `aReceive`'s clock stands still. */
const NOW = Date.UTC(2026, 10, 22, 12);

let app: FastifyInstance;

let ticks = 0;

/** Time goes on between requests: of a pause and a resume of the same moment, the pause holds. */
function tick(): number {
  ticks += 1;
  return NOW + ticks;
}

beforeAll(async () => {
  await aDatabase();
  app = await buildServer({
    clock: { now: tick, serverTime: () => NOW },
    ...{ clicks, templates },
    settings: {
      adminKey: ADMIN_KEY,
      secrets: ['s'],
      publicUrl: 'http://127.0.0.1',
      requestsPerTenSeconds: 10_000,
    },
    ...{ receiver: aReceive(), cases, caseSteps: caseSteps(aReceive(), async () => {}) },
    answers: anAnswers(),
    customers: { ...customers, find: (ref) => customers.find(keptRef('key', ref)) },
    ...{
      events,
      sends,
      decisions,
      playbooks,
      apiKeys,
      joinRequests,
      confirmationBounces,
      suppressions,
      sending,
    },
    ...{ rehearsals, countMetThrough, countResults, erasures, everythingOf, consentEvents },
    ...{ unsettledSends, failedSends, ...fakeSurprises() },
    ...{ teamTasks, gifts, redemptions, grantCosts },
    addressKey: (email) => email,
    receiveRequest: createReceiveRequest({ hashKey: 'key', erasesByHand: false }),
    ...{ awaited, webhooks, reports: someReports(), breaker: circuitBreaker, pointEntries },
    fetchText: async () => '',
    playbookOf: playbooks.version,
    publishing: NOTHING_TO_PUBLISH,
    preview: async () => undefined,
    reference: async () => {},
    probes: {},
  });
});
afterAll(async () => {
  await app.close();
  await disconnect();
});

const at = new Date(NOW - HOUR).toISOString();

function aSignUp(id: string, more: object = {}) {
  return {
    id: `s-${id}`,
    source: 'shop',
    type: 'sign-up',
    at,
    customer: { id, email: `${id}@example.com` },
    ...more,
  };
}

function ask(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, key = ADMIN_KEY) {
  return app.inject({ method, url, headers: asAdmin(key), ...(payload && { payload }) });
}

describe('the API on a real database', () => {
  it('keeps an event once, however often it comes', async () => {
    const first = await ask('POST', '/v1/events', aSignUp('once'));
    const again = await ask('POST', '/v1/events', [aSignUp('once'), aSignUp('other')]);

    const { customerId } = first.json().receipts[0];
    expect(again.json().receipts).toEqual([
      { source: 'shop', id: 's-once', customerId, duplicate: true },
      { source: 'shop', id: 's-other', customerId: expect.any(String), duplicate: false },
    ]);
    expect(await events.latest(customerId, 10)).toHaveLength(1);
  });

  it('writes nothing of a list that has one bad event', async () => {
    const before = await mongoose.connection.collection('events').countDocuments();

    const answer = await ask('POST', '/v1/events', [
      aSignUp('good'),
      { ...aSignUp('bad'), at: '2031-01-01T00:00:00Z' },
    ]);

    expect(answer.statusCode).toBe(422);
    expect(await mongoose.connection.collection('events').countDocuments()).toBe(before);
    expect((await ask('GET', '/v1/customers/shop:good/journey')).statusCode).toBe(404);
  });

  it('tells of a customer at once, before any workflow has heard', async () => {
    const data = { orderId: 'o-1', total: 1466, currency: 'EUR' };
    await ask('POST', '/v1/events', aSignUp('early', { id: 'o-early', type: 'purchase', data }));

    const answer = await ask('GET', '/v1/customers/shop:early/journey');

    expect(answer.json()).toMatchObject({ state: 'active', since: at, agenda: [], sends: [], decisions: [] });
  });

  it('finds a customer whose id is an address', async () => {
    await ask('POST', '/v1/events', aSignUp('an', { customer: { id: 'an@example.org' } }));

    expect((await ask('GET', '/v1/customers/shop:an%40example.org/journey')).statusCode).toBe(200);
  });

  it('pauses and resumes from the 202 on, and takes nothing after the end', async () => {
    await ask('POST', '/v1/events', aSignUp('paused'));
    const state = async () => (await ask('GET', '/v1/customers/shop:paused/journey')).json().state;
    const command = (name: string) =>
      ask('POST', `/v1/customers/shop:paused/journey/${name}`, { because: 'asked' });

    expect((await command('pause')).json()).toMatchObject({ source: 'rapport', duplicate: false });
    expect(await state()).toBe('paused');
    await command('resume');
    expect(await state()).toBe('active');
    await command('end');
    expect(await state()).toBe('ended');
    expect((await command('pause')).statusCode).toBe(409);

    const begun = await ask('POST', '/v1/journeys', {
      customer: { email: 'paused@example.com' },
      because: 'asked',
    });
    expect(begun.statusCode).toBe(201);
    expect(await state()).toBe('active');
  });

  it('begins a journey once', async () => {
    const request = {
      customer: { email: 'fair@example.com', name: { first: 'Fay' } },
      because: 'fair-2026',
      welcome: true,
    };

    const [first, second] = [
      await ask('POST', '/v1/journeys', request),
      await ask('POST', '/v1/journeys', request),
    ];

    const { customerId } = first.json();
    expect([first.statusCode, second.statusCode]).toEqual([201, 200]);
    expect(second.json()).toEqual({ customerId, phase: 'first-contact', started: false });
    expect(await events.latest(customerId, 10)).toMatchObject([
      { type: 'start', data: { because: 'fair-2026' } },
    ]);
  });

  it('changes a customer, and makes one of two who turn out to be the same', async () => {
    await ask('POST', '/v1/events', [aSignUp('older'), aSignUp('younger')]);

    const answer = await ask('PUT', '/v1/customers/shop:younger', {
      email: 'older@example.com',
      birthday: '06-21',
    });

    expect(answer.json()).toMatchObject({ email: 'older@example.com', birthday: '06-21' });
    expect(answer.json().externalIds.sort()).toEqual(['shop:older', 'shop:younger']);
  });

  it('opens with a key that was made, as far as its scopes go, until it is revoked', async () => {
    const { id, key } = await apiKeys.create({ name: 'webshop', scopes: ['events:write'] });

    expect((await ask('POST', '/v1/events', aSignUp('keyed'), key)).statusCode).toBe(202);
    expect((await ask('GET', '/v1/customers/shop:keyed/journey', undefined, key)).statusCode).toBe(403);
    await apiKeys.revoke(id);
    expect((await ask('POST', '/v1/events', aSignUp('keyed'), key)).statusCode).toBe(401);
  });
});
