import { describe, expect, it } from '@jest/globals';
import { anApi, asAdmin, aWorld } from '../support/api.ts';

const url = '/v1/customers/shop:c-17/journey';

function failing(name: string, message: string) {
  const find = async () => {
    throw Object.assign(new Error(message), { name });
  };
  const latest = async () => [];
  const countPerPhase = async () => ({
    'first-contact': 0,
    'getting-acquainted': 0,
    relationship: 0,
    ambassador: 0,
  });
  return anApi(aWorld(), { customers: { find, latest, countPerPhase } });
}

describe('refusals', () => {
  it('tells nobody what an unexpected error says', async () => {
    const app = await failing('MongoServerError', 'E11000 dup key: { email: "an@example.com" }');

    const answer = await app.inject({ url, headers: asAdmin() });

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('example.com');
    expect(answer.json().status).toBe(500);
  });

  it.each([
    'MongoServerSelectionError',
    'MongoNetworkError',
    'MongooseServerSelectionError',
    'MongoNotConnectedError',
  ])('asks to come back after %s', async (name) => {
    const answer = await (await failing(name, 'connect ECONNREFUSED')).inject({ url, headers: asAdmin() });

    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json().detail).toMatch(/^MongoDB is out of reach/);
  });

  it.each([
    ['GET', '/v1/nothing', 404],
    ['GET', '/v1/customers/%ff/journey', 400],
    ['GET', `/v1/customers/${'x'.repeat(900)}/journey`, 414],
    ['DELETE', '/v1/events', 404],
  ] as const)('answers %s %s in problem+json', async (method, path, status) => {
    const app = await anApi();

    const answer = await app.inject({ method, url: path, headers: { authorization: 'Bearer x' } });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ type: 'about:blank', status });
  });
});

describe('GET /readyz', () => {
  it('names the part that is away, also when it hangs', async () => {
    const away = async () => {
      throw new Error('away');
    };
    const app = await anApi(aWorld(), {
      probes: { mongodb: async () => {}, temporal: away, smtp: () => new Promise(() => {}) },
    });

    const answer = await app.inject('/readyz');

    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({
      ready: false,
      parts: { mongodb: 'up', temporal: 'away', smtp: 'away' },
      away: ['temporal', 'smtp'],
    });
  });

  it('says so when all are there', async () => {
    const answer = await (await anApi()).inject('/readyz');

    expect(answer.json()).toEqual({ ready: true, parts: { mongodb: 'up', temporal: 'up' }, away: [] });
  });
});
