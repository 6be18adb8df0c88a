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

describe('the join page', () => {
  it.each([
    ['en', 'Hear from Koffiehuis Zuiderzon', 'News'],
    ['nl', 'Post van Koffiehuis Zuiderzon', 'Nieuws'],
  ])('stands open to everybody, in the shop’s name, in %s', async (language, title, topic) => {
    const { statusCode, body, headers } = await app.inject({
      url: '/join',
      headers: { 'accept-language': `${language}-BE,de;q=0.5` },
    });

    expect(statusCode).toBe(200);
    expect(body).toContain(`<html lang="${language}">`);
    expect(body).toContain(`<h1>${title}</h1>`);
    expect(body).toContain(`<strong>${topic}</strong>`);
    expect(body).toContain('Kade 1, Groningen');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('speaks the language that its address asks for, and fills in nothing of anybody', async () => {
    const headers = { 'accept-language': 'en' };
    const { body } = await app.inject({ url: '/join?lang=nl&email=x@example.com&name=Xaver', headers });

    expect(body).toContain('<html lang="nl">');
    expect(body).not.toMatch(/x@example\.com"|value="Xaver"/);
  });

  it('offers the topics of marketing, none of them ticked', async () => {
    const { body } = await app.inject('/join');

    expect(body.match(/name="topic" value="(\w+)"/g)).toHaveLength(2);
    expect(body).not.toMatch(/type="checkbox"[^>]*checked/);
    expect(body).not.toContain('value="orders"');
  });

  it('takes from its address how somebody came, for a poster', async () => {
    const { body } = await app.inject('/join?met=event&campaign=fair-2026');

    expect(body).toContain('<option value="event" selected>');
    expect(body).toContain('name="campaign" value="fair-2026"');
  });

  it('says so while the playbook is rehearsed', async () => {
    const rehearsed = await aJoinApi({ ...aJoinablePlaybook(), mode: { kind: 'rehearsal' } });

    expect((await rehearsed.inject('/join?lang=en')).body).toContain('This page is being tried out');
  });

  it('says so when there is nothing to join for, and when there is no shop yet', async () => {
    const nothing = await aJoinApi({ ...aJoinablePlaybook(), touches: [] });
    const noShop = await anApi(world, { playbooks: { current: async () => undefined } });

    expect((await nothing.inject('/join')).statusCode).toBe(404);
    expect((await noShop.inject('/join')).statusCode).toBe(503);
  });
});

describe('the form', () => {
  it('keeps what is asked for, and says that a mail is on its way', async () => {
    const { statusCode, body } = await join();

    expect(statusCode).toBe(200);
    expect(body).toContain('A mail is on its way to an@example.com.');
    expect(world.received).toEqual([]);
    expect(world.asked).toEqual([
      {
        id: 'key-of-an.000001',
        addressKey: 'key-of-an',
        askedAt: now,
        state: 'waiting',
        wish: {
          ...{ email: 'an@example.com', name: 'An', topics: ['news'], language: 'en' },
          metThrough: { channel: 'word-of-mouth' },
          where: 'http://127.0.0.1:3000/join',
        },
      },
    ]);
  });

  it('comes back with what is to be mended beside the fields, and with what was filled in', async () => {
    const { statusCode, body } = await join(
      { name: 'An', email: 'an@example', topic: [], met: 'press' },
      'nl',
    );

    expect(statusCode).toBe(422);
    expect(body).toContain('aria-invalid="true" aria-describedby="email-fault"');
    expect(body).toContain('id="email-fault">Dit is geen e-mailadres.');
    expect(body).toContain('id="topics-fault">Kruis er minstens één aan');
    expect(body).toContain('value="an@example"');
    expect(body).toContain('<option value="press" selected>');
    expect(world.asked).toEqual([]);
  });

  it('escapes what was filled in', async () => {
    const { body } = await join({ name: '"><script>alert(1)</script>' });

    expect(body).not.toContain('<script>');
  });

  it('takes several topics, and leaves those that are not offered', async () => {
    await join({ topic: ['tips', 'gossip', 'news'] });

    expect(world.asked[0]?.wish?.topics).toEqual(['news', 'tips']);
  });
});

describe('a form on a page of the shop’s', () => {
  it('does the same, and its page is kept with what was asked', async () => {
    const headers = { origin: 'https://shop.example', referer: 'https://shop.example/contact?id=7' };
    const { body } = await postForm(
      app,
      '/join?lang=nl',
      { email: 'an@example.com', topic: 'news' },
      headers,
    );

    expect(body).toContain('Er is een mail onderweg naar an@example.com.');
    expect(world.asked[0]?.wish).toMatchObject({ where: 'https://shop.example/contact', language: 'nl' });
  });
});
