import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../deps.ts';

const COOKIE = 'rapport_session';

/** A marketer signs in once a month, seconds. */
const MAX_AGE_S = 30 * 86_400;

const OPTIONS = { path: '/', httpOnly: true, sameSite: 'lax', signed: true } as const;

/** The cookie of the pages: signed, and worthless once the admin key is another. */
export function sessionOf({ adminKey = '', publicUrl }: Settings) {
  const mark = createHash('sha256').update(`pages:${adminKey}`).digest('base64url').slice(0, 22);
  const options = { ...OPTIONS, secure: publicUrl.startsWith('https:') };

  return {
    begin(reply: FastifyReply): void {
      const until = Date.now() + MAX_AGE_S * 1_000;
      reply.setCookie(COOKIE, `${until}.${mark}`, { ...options, maxAge: MAX_AGE_S });
    },

    end(reply: FastifyReply): void {
      reply.clearCookie(COOKIE, options);
    },

    isSignedIn(request: FastifyRequest): boolean {
      const cookie = request.cookies[COOKIE];
      const { valid, value } = cookie ? request.unsignCookie(cookie) : { valid: false, value: null };
      if (!adminKey || !valid || !value) return false;
      const [until, of] = value.split('.');
      return of === mark && Number(until) > Date.now();
    },
  };
}

export type Session = ReturnType<typeof sessionOf>;

/** A path of ours to return to after signing in; whatever else was asked for becomes the start page. */
export function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}
