import { describe, expect, it } from '@jest/globals';
import type { Publishing as How } from '../../data/playbooks.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { PlaybookOvertaken } from '../../domain/publishing.ts';
import { anApi, asAdmin, aWorld, NOTHING_TO_PUBLISH } from '../support/api.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';

const COUNTS = {
  journeys: 3,
  wakes: 2,
  touches: [
    {
      ...{ touch: 'tips', kept: 1, earlier: 1, later: 0, dropped: 0, added: 1 },
      examples: [{ customerId: 'c', occasion: 'o-1', became: 'earlier' as const, from: 2_000, to: 1_000 }],
    },
  ],
  moves: [{ from: 'first-contact' as const, to: 'relationship' as const, count: 1, examples: ['c'] }],
};

/** The server over versions 1 and 2, with what was previewed and published. */
async function aShop() {
  const previewed: Playbook[] = [];
  const published: { yaml: string; how: How }[] = [];
  const playbook = aPlaybook([aTouch({ name: 'hello', on: 'entering' }), aTouch({ name: 'tips' })]);
  const about = { version: 1, publishedAt: new Date(0), by: 'cli' };
  const app = await anApi(aWorld(), {
    playbooks: { current: async () => ({ ...playbook, version: 2 }) },
    publishing: {
      ...NOTHING_TO_PUBLISH,
      check: async (yaml) => {
        const errors = [{ line: 12, path: 'always.tips', message: 'is wrong', hint: 'mend it' }];
        if (yaml.includes('wrong')) return { kind: 'refused', errors, warnings: [] };
        return { kind: 'sound', sound: { yaml, playbook, compiled: [] }, warnings: [] };
      },
      preview: async function* (next) {
        previewed.push(next);
        yield { seen: 1, of: 3, counts: { ...COUNTS, journeys: 1 } };
        yield { seen: 3, of: 3, counts: COUNTS };
      },
      publish: async ({ yaml }, how) => {
        if (how.ifVersion !== undefined && how.ifVersion !== 2) throw new PlaybookOvertaken(2);
        published.push({ yaml, how });
        return 3;
      },
      newest: async () => 2,
      list: async () => [{ version: 2, waking: { isDone: false, after: 'c', counts: COUNTS } }, about],
      about: async (version) => (version === 1 ? about : undefined),
      source: async (version) => (version === 1 ? 'shop: # the first\n' : undefined),
      pending: async () => 1,
    },
  });
  const post = (url: string, payload: object | string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers: { ...asAdmin(), ...headers } });
  return { app, previewed, published, post };
}

describe('POST /v1/playbooks/preview', () => {
  it('counts what publishing would do, against the version in force', async () => {
    const { post, previewed } = await aShop();

    const answer = await post('/v1/playbooks/preview', { source: 'shop:', addEntering: ['hello'] });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ against: 2, version: 3, counts: { journeys: 3, wakes: 2 } });
    expect(answer.json().counts.touches[0].examples).toEqual([
      {
        customerId: 'c',
        occasion: 'o-1',
        became: 'earlier',
        from: '1970-01-01T00:00:02.000Z',
        to: '1970-01-01T00:00:01.000Z',
      },
    ]);
    expect(previewed[0]).toMatchObject({ version: 3, addEntering: [{ touch: 'hello', version: 3 }] });
  });

  it('tells how far it is, line by line, where that is asked', async () => {
    const { post } = await aShop();

    const answer = await post(
      '/v1/playbooks/preview',
      { source: 'shop:' },
      { accept: 'application/x-ndjson' },
    );

    const lines = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answer.headers['content-type']).toMatch('application/x-ndjson');
    expect(lines.slice(0, 2)).toEqual([
      { seen: 1, of: 3 },
      { seen: 3, of: 3 },
    ]);
    expect(lines[2]).toMatchObject({ against: 2, version: 3, counts: { journeys: 3 } });
  });
});

describe('POST /v1/playbooks', () => {
  it('takes the YAML itself, with the rest in the query and in If-Match', async () => {
    const { post, published } = await aShop();
    const yaml = { 'content-type': 'application/yaml', 'if-match': '"2"' };

    const answer = await post('/v1/playbooks?addEntering=hello', 'shop: # mine\n', yaml);

    expect([answer.statusCode, answer.json()]).toEqual([201, { version: 3, warnings: [] }]);
    const how = { addEntering: ['hello'], ifVersion: 2, by: 'admin' };
    expect(published).toEqual([{ yaml: 'shop: # mine\n', how }]);
  });

  it.each([
    ['a mistake in it', { source: 'wrong' }, '/source', 'line 12, always.tips: is wrong'],
    [
      'a touch that is not of entering',
      { source: 'shop:', addEntering: ['tips'] },
      '/addEntering',
      'tips is no touch',
    ],
    ['a field nobody knows', { source: 'shop:', add: [] }, '/add', ''],
  ])('refuses %s with 422', async (_what, body, pointer, message) => {
    const { post, published } = await aShop();

    const answer = await post('/v1/playbooks', body);

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0]).toMatchObject({ pointer, message: expect.stringContaining(message) });
    expect(published).toEqual([]);
  });

  it('refuses what was previewed against another version with 409', async () => {
    const { post } = await aShop();

    const inBody = await post('/v1/playbooks', { source: 'shop:', ifVersion: 1 });
    const inHeader = await post('/v1/playbooks/preview', { source: 'shop:' }, { 'if-match': '1' });

    expect([inBody.statusCode, inHeader.statusCode]).toEqual([409, 409]);
    expect(inBody.json().detail).toBe('version 2 is in force now; look at a new preview first');
  });

  it('refuses an If-Match that names no version with 400', async () => {
    const { post } = await aShop();

    expect((await post('/v1/playbooks', { source: 'shop:' }, { 'if-match': 'abc' })).statusCode).toBe(400);
  });
});

describe('POST /v1/playbooks/:version/publish', () => {
  it('publishes an older text again, and knows no other', async () => {
    const { app, post, published } = await aShop();

    const answer = await post('/v1/playbooks/1/publish', {});
    const bare = await app.inject({
      method: 'POST',
      url: '/v1/playbooks/1/publish',
      headers: { authorization: asAdmin().authorization },
    });

    expect([answer.statusCode, bare.statusCode]).toEqual([201, 201]);
    expect(published[0]).toEqual({
      yaml: 'shop: # the first\n',
      how: { addEntering: [], by: 'admin', restores: 1 },
    });
    expect((await post('/v1/playbooks/9/publish', {})).statusCode).toBe(404);
    expect((await post('/v1/playbooks/1/preview', {})).json()).toMatchObject({ against: 2, version: 3 });
  });
});

describe('GET /v1/playbooks', () => {
  it('lists the versions, and how far people are told of each', async () => {
    const { app } = await aShop();

    const answer = await app.inject({ url: '/v1/playbooks', headers: asAdmin() });

    expect(answer.json().playbooks).toMatchObject([
      { version: 2, current: true, telling: { state: 'going-over', seen: 3, wakes: 2, woken: 1 } },
      {
        version: 1,
        current: false,
        by: 'cli',
        publishedAt: '1970-01-01T00:00:00.000Z',
        telling: { state: 'waking' },
      },
    ]);
  });

  it('shows a version, and its text as it was written', async () => {
    const { app } = await aShop();
    const get = (url: string) => app.inject({ url, headers: asAdmin() });

    expect((await get('/v1/playbooks/1')).json()).toMatchObject({ version: 1, counts: { journeys: 0 } });
    const source = await get('/v1/playbooks/1/source');
    expect([source.body, source.headers['content-type']]).toEqual([
      'shop: # the first\n',
      'application/yaml; charset=utf-8',
    ]);
    expect((await get('/v1/playbooks/7')).statusCode).toBe(404);
    expect((await get('/v1/playbooks/x')).statusCode).toBe(422);
  });
});
