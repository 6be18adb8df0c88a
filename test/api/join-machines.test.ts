import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Playbook } from '../../domain/playbook.ts';
import { anApi, aWorld, type World } from '../support/api.ts';
import { NOON } from '../support/builders.ts';
import { aJoinablePlaybook, FILLED, postForm } from '../support/join.ts';

let world: World;
let now: number;
let app: FastifyInstance;
beforeEach(async () => {
  world = aWorld();
  now = NOON;
  app = await aJoinApi();
});

function aJoinApi(playbook: Playbook = aJoinablePlaybook()): Promise<FastifyInstance> {
  const clock = { now: () => now, serverTime: () => now };
  return anApi(world, { clock, playbooks: { current: async () => playbook } });
}

/** The mark of when the page was opened. */
async function open(): Promise<string> {
  const { body } = await app.inject('/join');
  return /name="opened" value="([^"]+)"/.exec(body)?.[1] ?? '';
}

/** Opens the page, and posts it a minute later. */
async function join(filled: object = {}, lang = 'en') {
  const opened = await open();
  now += 60_000;
  return postForm(app, `/join?lang=${lang}`, { ...FILLED, opened, ...filled });
}

describe('machines', () => {
  it('are asked to press once more when they were too quick, and people get through', async () => {
    const opened = await open();
    now += 1_000;
    const quick = await postForm(app, '/join?lang=en', { ...FILLED, opened });
    now += 2_000;
    const again = await postForm(app, '/join?lang=en', { ...FILLED, opened });

    expect(quick.body).toContain('Please press the button once more');
    expect(quick.body).toContain(`name="opened" value="${opened}"`);
    expect(again.body).toContain('A mail is on its way');
    expect(world.asked).toHaveLength(1);
  });

  it('give themselves away by filling in what nobody sees', async () => {
    const { statusCode } = await join({ leave_empty: 'http://spam.example' });

    expect(statusCode).toBe(422);
    expect(world.asked).toEqual([]);
  });

  it('cannot say themselves when they opened the page', async () => {
    for (let time = 0; time < 5; time++) await postForm(app, '/join', { ...FILLED, opened: 'zzzz.forged' });
    const sixth = await postForm(app, '/join?lang=en', FILLED);

    expect(world.asked).toHaveLength(5);
    expect(sixth.statusCode).toBe(429);
    expect(sixth.body).toContain('Please press the button once more');
  });

  it('do not keep a person behind the same router out, who presses once more', async () => {
    for (let time = 0; time < 5; time++) await postForm(app, '/join', FILLED);
    const { body } = await postForm(app, '/join', FILLED);
    now += 3_000;
    const opened = /name="opened" value="([^"]+)"/.exec(body)?.[1] ?? '';

    expect((await postForm(app, '/join?lang=en', { ...FILLED, opened })).body).toContain('on its way');
  });

  it('are held back after thirty forms in ten minutes, whatever they say', async () => {
    const opened = await open();
    now += 60_000;
    for (let time = 0; time < 30; time++) await postForm(app, '/join', { ...FILLED, opened });
    const last = await postForm(app, '/join?lang=en', { ...FILLED, opened });

    expect(last.statusCode).toBe(429);
    expect(last.body).toContain('Very many people join at once');
    expect(last.body).toContain('value="an@example.com"');
    expect(world.asked).toHaveLength(30);
  });
});

describe('a proxy', () => {
  it.each([
    ['is believed about where a visitor comes from, when it is named', ['127.0.0.1'], 200],
    ['is not believed otherwise: all visitors look the same', [], 429],
  ])('%s', async (_what, proxies, status) => {
    const settings = { secrets: ['s'], publicUrl: 'http://127.0.0.1', requestsPerTenSeconds: 1_000, proxies };
    const playbooks = { current: async () => aJoinablePlaybook() };
    const proxied = await anApi(world, { playbooks, settings });
    const visit = (ip: string) => postForm(proxied, '/join', FILLED, { 'x-forwarded-for': ip });
    for (let time = 0; time < 5; time++) await visit('192.0.2.1');

    expect((await visit('192.0.2.2')).statusCode).toBe(status);
  });
});
