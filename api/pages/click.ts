import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readClickToken } from '../../mail/click-links.ts';
import { type CountDeps, countClick, type Visitor } from '../count-click.ts';
import type { ApiDeps } from '../deps.ts';
import { showShopMessage, visitOf } from './shop-page.ts';
import type { Show } from './show.ts';

const Token = z.object({ t: z.string().max(4_000).catch('') });

/** Each visit is to come here; and where it leads is told nothing of the mail. */
const PASSING = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };

/**
 * Where the counted links of a mail lead: on to what they name, which is signed. Counting is the one thing a visit
 * changes; where it fails, the reader goes on all the same.
 */
export function clickRoutes(show: Show, deps: CountDeps & Pick<ApiDeps, 'playbooks'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/c', { schema: { querystring: Token, hide: true } }, async (request, reply) => {
      const link = readClickToken(deps.settings.secrets, request.query.t);
      if (!link) {
        const visit = await visitOf(deps, request, reply);
        const { words } = visit;
        return showShopMessage(show, visit, { title: words.badTitle, lead: words.badLink, status: 404 });
      }
      await countClick(link, visitorOf(request), deps).catch((error: unknown) => {
        const type = error instanceof Error ? error.name : typeof error;
        request.log.warn({ type }, 'click not counted');
      });
      return reply.headers(PASSING).redirect(link.url, 302);
    });
  };
}

function visitorOf({ method, headers }: FastifyRequest): Visitor {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].flatMap((name) => headers[name] ?? []);
  return { method, userAgent: headers['user-agent'] ?? '', purposes };
}
