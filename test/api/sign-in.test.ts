import { describe, expect, it } from '@jest/globals';
import { ADMIN_KEY, anApi, aWorld, signIn } from '../support/api.ts';
import { CUSTOMER_ID } from '../support/builders.ts';

const page = `/customers/${CUSTOMER_ID}`;

describe('signing in', () => {
  it.each(['/', '/customers?ref=shop:c-17', page, `${page}/mails/welcome/1`])(
    'is asked for at %s',
    async (url) => {
      const answer = await (await anApi()).inject(url);

      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe(`/sign-in?next=${encodeURIComponent(url)}`);
    },
  );

  it('takes the admin key, keeps a signed cookie that scripts cannot read, and goes where one came from', async () => {
    const answer = await signIn(await anApi(), ADMIN_KEY, page);

    expect(answer.headers.location).toBe(page);
    expect(answer.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/);
    expect(answer.headers['set-cookie']).not.toContain(ADMIN_KEY);
  });

  it('refuses another key', async () => {
    const answer = await signIn(await anApi(), 'rk_guess');

    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('This is not the admin key.');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads elsewhere: %s',
    async (next) => {
      expect((await signIn(await anApi(), ADMIN_KEY, next)).headers.location).toBe('/');
    },
  );

  it('does not believe a cookie that it did not sign, or one of another admin key', async () => {
    const app = await anApi();
    const settings = {
      adminKey: 'rk_the_next_admin',
      secrets: ['a secret of the tests'],
      publicUrl: 'http://x',
      requestsPerTenSeconds: 99,
    };
    const other = await anApi(aWorld(), { settings });
    const signed = String((await signIn(other, settings.adminKey)).headers['set-cookie']).split(';')[0] ?? '';

    for (const cookie of ['rapport_session=9999999999999.forged', signed]) {
      expect((await app.inject({ url: '/', headers: { cookie } })).statusCode).toBe(303);
    }
  });

  it('is not to be guessed', async () => {
    const app = await anApi();

    const tries = [];
    for (let i = 0; i < 11; i++) tries.push((await signIn(app, `guess-${i}`)).statusCode);

    expect(tries.at(-1)).toBe(429);
  });
});
