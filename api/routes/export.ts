import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { exportOf } from '../export.ts';
import { LANGUAGES, type Language } from '../pages/words.ts';
import { Problem } from '../problem.ts';

type Deps = Pick<ApiDeps, 'customers' | 'playbooks' | 'everythingOf' | 'preview' | 'clock'>;

const Query = strict({
  lang: z.enum(LANGUAGES).optional().describe('of what is in words; else the customer’s, else English'),
});

const EXPORT = {
  tags: ['customers'],
  summary: 'All that is kept about a customer',
  description:
    'GDPR art. 15 and 20: their profile, orders, consents, events, mails with what they said, decisions, requests, and ' +
    'what others were told, those of customers merged into them too; and the logic in words: how it is decided, where ' +
    'they stand and why, what comes and why.',
  params: IdParams,
  querystring: Query,
  response: {
    200: {
      description: 'One JSON object, streamed',
      content: { 'application/json': { schema: z.unknown() } },
    },
    ...REFUSALS,
  },
};

/** Where a customer's data are handed over. */
export function exportRoutes(deps: Deps): FastifyPluginAsyncZod {
  const { customers, playbooks, clock } = deps;
  return async (app) => {
    app.get(
      '/v1/customers/:id/export',
      { schema: EXPORT, config: { scope: 'customers:read' } },
      async ({ params, query }, reply) => {
        const customer = await customerNamed(customers, params.id);
        const playbook = await playbooks.current();
        if (!playbook) throw new Problem(503, 'no playbook is published yet');
        const language = query.lang ?? languageOf(customer.known.profile.locale);
        const pieces = exportOf({ customer, playbook, language, now: clock.now() }, deps);
        const name = `attachment; filename="customer-${customer.id}.json"`;
        reply.type('application/json; charset=utf-8').header('content-disposition', name);
        return reply.header('cache-control', 'no-store').send(Readable.from(pieces));
      },
    );
  };
}

function languageOf(locale: string | undefined): Language {
  return LANGUAGES.find((language) => locale?.startsWith(language)) ?? 'en';
}
