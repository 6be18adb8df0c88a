import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { spreadFor } from '../../domain/sending.ts';
import type { ApiDeps } from '../deps.ts';
import { startMail, stopMail } from '../stopping.ts';
import { refuseForeign } from './foreign.ts';
import type { Show } from './show.ts';
import { fill, languageOf, WORDS } from './words.ts';

const Form = z.object({
  because: z.string().trim().max(200).default(''),
  only: z.literal('marketing').optional(),
});

type Deps = Pick<ApiDeps, 'sending' | 'settings'>;

/** The page with the emergency brake. A look changes nothing: only its buttons do. */
export function stopRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  const schema = { body: Form, hide: true };
  return async (app) => {
    app.get('/sending', { schema: { hide: true } }, (request, reply) => look(show, { request, reply }, deps));

    app.post('/sending/stop', { schema }, async (request, reply) => {
      refuseForeign(request, deps);
      const { because, only } = request.body;
      await stopMail(deps, { by: 'page', ...(because && { because }), ...(only && { only }) });
      return reply.redirect('/sending', 303);
    });
    app.post('/sending/start', { schema }, async (request, reply) => {
      refuseForeign(request, deps);
      await startMail(deps, { by: 'page' });
      return reply.redirect('/', 303);
    });
  };
}

type Visit = { readonly request: FastifyRequest; readonly reply: FastifyReply };

async function look(show: Show, { request, reply }: Visit, { sending }: Deps): Promise<FastifyReply> {
  const words = WORDS[languageOf(request)].sending;
  const [{ stopped }, waiting] = await Promise.all([sending.current(), sending.waiting()]);
  return show(request, reply, {
    view: 'sending',
    title: words.title,
    isStopped: stopped !== undefined,
    stopsMore: stopped !== 'all',
    waiting: waiting > 0 || stopped ? fill(words.waiting, { count: waiting }) : '',
    startLead: fill(words.startLead, { minutes: Math.round(spreadFor(waiting) / 60_000) }),
  });
}
