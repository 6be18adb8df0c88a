import { describe, expect, it } from '@jest/globals';
import type { KeptCase } from '../../data/cases.ts';
import { Refused } from '../../data/reserve.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aCustomer, anEvent, DAY, NOON } from '../support/builders.ts';
import { aKeptCase, fakeCases } from '../support/fake-cases.ts';

const PATH = '/v1/cases/shop%2Fc-1';
const COMPLAINT = anEvent({ id: 'shop/c-1', type: 'complaint', n: 1, data: { text: 'It broke' } });

async function anApiWith(kept: Partial<KeptCase> = {}, customer = aCustomer([COMPLAINT])) {
  const world = aWorld({ customers: [customer], events: [COMPLAINT] });
  const app = await anApi(world, fakeCases([aKeptCase(kept)]));
  const post = (url: string, body: object) =>
    app.inject({ method: 'POST', url, headers: asAdmin(), payload: JSON.stringify(body) });
  return { get: (url: string) => app.inject({ url, headers: asAdmin() }), post };
}

describe('/v1/cases', () => {
  it('lists cases by their clock, and tells which are overdue', async () => {
    const { get } = await anApiWith({ clock: new Date(NOON - 1) });

    const { cases, next } = (await get('/v1/cases?order=clock')).json();

    expect(cases).toMatchObject([
      {
        id: 'shop/c-1',
        text: 'It broke',
        overdue: true,
        owner: null,
        answerBy: new Date(NOON + DAY).toISOString(),
      },
    ]);
    expect(next).toBeNull();
  });

  it('shows one with the customer’s timeline', async () => {
    const answer = (await (await anApiWith()).get(PATH)).json();

    expect(answer).toMatchObject({ id: 'shop/c-1', steps: [], recovery: null });
    expect(answer.customer).toMatchObject({ name: 'An', email: 'an@example.com', openCases: 1 });
    expect(answer.timeline).toMatchObject([{ kind: 'event', what: 'complaint', text: 'It broke' }]);
  });

  it.each(['?state=lost', '?order=first', '?limit=0', '?cursor=x', '?ower=an'])(
    'refuses %s',
    async (query) => {
      const { statusCode } = await (await anApiWith()).get(`/v1/cases${query}`);

      expect([400, 422]).toContain(statusCode);
    },
  );

  it('is not found by another id', async () => {
    expect((await (await anApiWith()).get('/v1/cases/shop%2Fnone')).statusCode).toBe(404);
  });
});

describe('/v1/cases/:id', () => {
  it('takes notes, an owner, an answer and a resolution, and is opened again', async () => {
    const { post } = await anApiWith();

    const noted = (await post(`${PATH}/notes`, { text: 'Called', by: 'Anna' })).json();
    const owned = (await post(`${PATH}/owner`, { owner: 'Anna' })).json();
    const answered = (await post(`${PATH}/answer`, { text: 'A new one is on its way' })).json();
    const resolved = (await post(`${PATH}/resolve`, { resolution: 'replace' })).json();
    const reopened = (await post(`${PATH}/reopen`, { text: 'It broke again' })).json();

    expect(noted.notes).toMatchObject([{ by: 'Anna (admin)', text: 'Called' }]);
    expect(owned.owner).toBe('Anna');
    expect(answered.answeredAt).toBe(new Date(NOON).toISOString());
    expect(resolved).toMatchObject({
      state: 'resolved',
      resolution: 'replace',
      recovery: { came: 'too-early' },
    });
    expect(reopened.state).toBe('open');
  });

  it('says to the second who resolves it how it was resolved', async () => {
    const { post } = await anApiWith();
    await post(`${PATH}/resolve`, { resolution: 'refund' });

    const second = await post(`${PATH}/resolve`, { resolution: 'replace' });

    expect(second.statusCode).toBe(409);
    expect(second.json().detail).toMatch(/^the case is resolved already as refund, at 2026/);
  });

  it('is not taken from somebody who is not named', async () => {
    const { post } = await anApiWith({ owner: 'Joris' });

    expect((await post(`${PATH}/owner`, { owner: 'Anna' })).statusCode).toBe(409);
    expect((await post(`${PATH}/owner`, { owner: 'Anna', from: 'Joris' })).json().owner).toBe('Anna');
  });

  it('refuses to mail an answer that nobody would get', async () => {
    const gone = aCustomer([COMPLAINT], { suppressed: 'bounce' });
    const { post } = await anApiWith({}, gone);

    const mailed = await post(`${PATH}/answer`, { text: 'Sorry' });
    const told = await post(`${PATH}/answer`, { text: 'Sorry', through: 'elsewhere' });

    expect(mailed.statusCode).toBe(409);
    expect(mailed.json().detail).toContain('"elsewhere"');
    expect(told.statusCode).toBe(200);
  });

  it.each([
    ['notes', {}],
    ['notes', { text: ' ' }],
    ['answer', { text: 'Sorry', through: 'phone' }],
    ['resolve', { resolution: 'discount' }],
    ['reopen', {}],
    ['owner', { owner: '' }],
  ])('refuses to %s with %o', async (what, body) => {
    expect((await (await anApiWith()).post(`${PATH}/${what}`, body)).statusCode).toBe(422);
  });

  it('leaves a case open for which there is no goodwill left, and says why', async () => {
    const world = aWorld({ customers: [aCustomer([COMPLAINT])], events: [COMPLAINT] });
    const { cases, caseSteps } = fakeCases([aKeptCase({})]);
    const spent = () => Promise.reject(new Refused({ kind: 'refused', reason: 'budget' }));
    const app = await anApi(world, { cases, caseSteps: { ...caseSteps, resolve: spent } });
    const payload = JSON.stringify({ resolution: 'goodwill' });

    const answer = await app.inject({ method: 'POST', url: `${PATH}/resolve`, headers: asAdmin(), payload });

    expect(answer.statusCode).toBe(409);
    expect(answer.json().detail).toContain('its budget is spent');
  });
});
