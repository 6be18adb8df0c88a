import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sameSecret } from '../access.ts';
import type { Settings } from '../deps.ts';
import { ownPath, type Session } from './session.ts';
import type { Show } from './show.ts';
import { languageOf, WORDS } from './words.ts';

/** Whoever guesses gets this many tries a minute. */
const TRIES = {
  max: 10,
  timeWindow: '1 minute',
  keyGenerator: ({ ip }: { readonly ip: string }) => `sign-in:${ip}`,
};

const Form = z.object({ key: z.string().max(500).default(''), next: z.string().max(2_000).optional() });
const Query = z.object({ next: z.string().max(2_000).optional() });

/** The way in: the admin key, asked once. */
export function signInRoutes(show: Show, session: Session, { adminKey }: Settings): FastifyPluginAsyncZod {
  const ask = (request: FastifyRequest, reply: FastifyReply, next: string, isWrong: boolean) => {
    const { signInTitle: title } = WORDS[languageOf(request)].page;
    return show(request, reply, { view: 'sign-in', title, next, isWrong, status: isWrong ? 403 : 200 });
  };

  return async (app) => {
    app.get('/sign-in', { schema: { querystring: Query, hide: true } }, async (request, reply) => {
      const next = ownPath(request.query.next);
      return session.isSignedIn(request) ? reply.redirect(next, 303) : ask(request, reply, next, false);
    });
    const limited = { schema: { body: Form, hide: true }, config: { rateLimit: TRIES } };
    app.post('/sign-in', limited, async (request, reply) => {
      const next = ownPath(request.body.next);
      if (!adminKey || !sameSecret(request.body.key.trim(), adminKey)) return ask(request, reply, next, true);
      session.begin(reply);
      return reply.redirect(next, 303);
    });
    app.post('/sign-out', { schema: { hide: true } }, async (_request, reply) => {
      session.end(reply);
      return reply.redirect('/sign-in', 303);
    });
  };
}
