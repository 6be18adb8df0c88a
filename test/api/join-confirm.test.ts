import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { CONFIRM_WITHIN_MS } from '../../domain/joining.ts';
import { confirmUrl } from '../../mail/links.ts';
import { anApi, aWorld, type World } from '../support/api.ts';
import { NOON } from '../support/builders.ts';
import { aJoinablePlaybook, postForm } from '../support/join.ts';

const ASKED = {
  ...{ id: 'key.000001', addressKey: 'key', askedAt: NOON, state: 'sent' as const },
  wish: {
    ...{ email: 'an@example.com', name: 'An', topics: ['news', 'tips'], language: 'nl' },
    metThrough: { channel: 'event', campaign: 'fair-2026' },
    where: 'https://shop.example/contact',
  },
} as const;

let world: World;
let now: number;
let app: FastifyInstance;
beforeEach(async () => {
  world = aWorld({ asked: [ASKED] });
  now = NOON + 60_000;
  const clock = { now: () => now, serverTime: () => now };
  app = await anApi(world, { clock, playbooks: { current: async () => aJoinablePlaybook() } });
});

function aToken(secret = 'a secret of the tests'): string {
  const url = new URL(confirmUrl('http://x', secret, ASKED.id, NOON + CONFIRM_WITHIN_MS));
  return url.searchParams.get('c') ?? '';
}

const look = (token = aToken()) => app.inject(`/join/confirm?c=${token}&lang=en`);
const press = (token = aToken()) => postForm(app, '/join/confirm?lang=en', { c: token });

describe('the link of a confirmation mail', () => {
  it('speaks the language of the mail, whatever the browser does, until another is chosen on the page', async () => {
    const languageOf = async (more: string) => {
      const headers = { 'accept-language': 'en-GB' };
      const { body } = await app.inject({ url: `/join/confirm?c=${aToken()}${more}`, headers });
      return /<html lang="(\w+)"/.exec(body)?.[1];
    };

    expect([await languageOf(''), await languageOf('&lang=en'), await languageOf('&lang=nl')]).toEqual([
      ...['nl', 'en', 'nl'],
    ]);
    const pressed = await postForm(app, '/join/confirm', { c: aToken() }, { 'accept-language': 'en-GB' });
    expect(pressed.body).toContain('<html lang="nl">');
    expect(world.received).toMatchObject([{ consent: [{ locale: 'nl' }, { locale: 'nl' }] }]);
  });

  it('shows what is agreed to, and changes nothing', async () => {
    const { statusCode, body } = await look();

    expect(statusCode).toBe(200);
    expect(body).toContain('To an@example.com.');
    expect(body).toContain('Yes, Koffiehuis Zuiderzon may send me mail about:');
    expect(body).toContain(`name="c" value="${aToken()}"`);
    expect(world.received).toEqual([]);
    expect(world.asked).toEqual([ASKED]);
  });

  it('makes a customer by its button: a sign-up, with consent for each topic and what it rests on', async () => {
    const { statusCode, body } = await press();

    expect(statusCode).toBe(200);
    expect(body).toContain('You are in, An');
    expect(body).toContain('news and tips');
    const asked = (about: string) => ({
      wording: `Yes, Koffiehuis Zuiderzon may send me mail about: ${about}. I can stop it at any time.`,
      ...{ wordingVersion: 'playbook 1', locale: 'en' },
    });
    expect(world.received).toEqual([
      {
        ...{ source: 'join', id: `key.000001.${NOON.toString(36)}`, type: 'sign-up', at: now },
        customer: {
          ...{ email: 'an@example.com', locale: 'nl', name: { first: 'An' } },
          metThrough: { channel: 'event', campaign: 'fair-2026' },
        },
        consent: [
          { topic: 'news', basis: 'consent', ...asked('News. What is new, and what is back') },
          { topic: 'tips', basis: 'consent', ...asked('Tips. How to enjoy what you have, and keep it well') },
        ],
        data: {
          ...{ form: 'join', where: 'https://shop.example/contact' },
          ...{ askedAt: new Date(NOON).toISOString(), confirmed: 'link' },
        },
      },
    ]);
    expect(world.lifted).toEqual(['key']);
  });

  it('forgets the address once it is confirmed, and says so the second time', async () => {
    await press();
    const [again, looked] = [await press(), await look()];

    expect(world.asked[0]).not.toHaveProperty('wish');
    expect(world.received).toHaveLength(1);
    for (const { statusCode, body } of [again, looked]) {
      expect(statusCode).toBe(200);
      expect(body).toContain('You are in already');
    }
  });

  it('ends after three days, and leads to a new one', async () => {
    now = NOON + CONFIRM_WITHIN_MS;
    const [looked, pressed] = [await look(), await press()];

    for (const { statusCode, body } of [looked, pressed]) {
      expect(statusCode).toBe(410);
      expect(body).toContain('This link has expired');
      expect(body).toContain('href="/join?lang&#x3D;en"');
    }
    expect(world.received).toEqual([]);
  });

  it('does not work when it is not ours, or has lost a part', async () => {
    for (const token of [aToken('another secret'), aToken().slice(0, -3), '']) {
      expect((await look(token)).statusCode).toBe(404);
      expect((await press(token)).body).toContain('This link does not work');
    }
    expect(world.received).toEqual([]);
  });
});
