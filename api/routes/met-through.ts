import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { Day } from '../day.ts';
import type { ApiDeps } from '../deps.ts';
import { MetThroughAnswer, metThroughAnswer } from '../met-through-answer.ts';

const Within = strict({
  from: Day.optional().describe('only who became known from this moment on'),
  to: Day.optional().describe('only who became known before this moment'),
});

/** Where one sees how customers met the shop. */
export function metThroughRoutes({
  countMetThrough,
}: Pick<ApiDeps, 'countMetThrough'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['customers'],
    summary: 'How customers met the shop, and how many of them ordered',
    description:
      'Each customer counts once, by how they first said they met the shop; `null` for who did not say. Whoever ' +
      'has an order that was neither cancelled nor wholly returned counts as `ordered`. The most frequent first.',
    querystring: Within,
    response: { 200: MetThroughAnswer, ...REFUSALS },
  };
  return async (app) => {
    app.get('/v1/met-through', { schema, config: { scope: 'customers:read' } }, async ({ query }) => {
      return metThroughAnswer(await countMetThrough(query));
    });
  };
}
