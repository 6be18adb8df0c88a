import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { Day } from '../day.ts';
import type { ApiDeps } from '../deps.ts';

const Within = strict({
  from: Day.exactOptional().describe('only links first followed, and mails sent, from this moment on'),
  to: Day.exactOptional().describe('only those before this moment'),
});

const Clicks = z.object({
  clicks: z.array(
    z.object({
      touch: z.string(),
      link: z.string().describe('as it stands in the template: `shop.url`, or the address'),
      people: z.int().describe('mails whose reader followed it, as far as can be told'),
      scanners: z.int().describe('mails in which a machine followed it'),
      mails: z.int().describe('mails of this touch that are counted, and that the mail server took'),
      perMail: z.number().describe('people per mail, 0–1'),
    }),
  ),
});

/** How often links were followed, of those who agreed that it is counted. It is shown; nothing is decided by it. */
export function clickCountRoutes({ clicks }: Pick<ApiDeps, 'clicks'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['results'],
    summary: 'How often links of mails were followed',
    description:
      'Only of touches with `measure: clicks`, and of customers who agreed to it. Each link counts once a mail for its ' +
      'reader, and once for machines that look at it. The most followed first.',
    querystring: Within,
    response: { 200: Clicks, ...REFUSALS },
  };
  return async (app) => {
    app.get('/v1/results/clicks', { schema, config: { scope: 'sending:read' } }, async ({ query }) => {
      const [counts, mails] = await Promise.all([clicks.counts(query), clicks.mails(query)]);
      const told = counts.map((count) => {
        const sent = mails.get(count.touch) ?? 0;
        return {
          ...count,
          mails: sent,
          perMail: sent > 0 ? Math.round((count.people / sent) * 1e4) / 1e4 : 0,
        };
      });
      return { clicks: told };
    });
  };
}
