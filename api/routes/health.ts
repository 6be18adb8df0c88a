import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { whoIsAway } from '../readiness.ts';

const Alive = z.object({ status: z.literal('ok') });
const Readiness = z.object({
  ready: z.boolean(),
  parts: z.record(z.string(), z.enum(['up', 'away'])),
  away: z.array(z.string()).describe('the parts that do not answer'),
});

const ABOUT = { tags: ['health'], security: [] };
const CONFIG = { rateLimit: false } as const;
const ALIVE = { ...ABOUT, summary: 'Is the process up?', response: { 200: Alive } };
const READY = {
  ...ABOUT,
  summary: 'Which part is away?',
  description: 'With Temporal away this says 503, and events are still accepted: balance load on /healthz.',
  response: { 200: Readiness, 503: Readiness },
};

/** Whether the process is up, and which part it leans on is not. */
export function healthRoutes({ probes }: Pick<ApiDeps, 'probes'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/healthz', { schema: ALIVE, config: CONFIG }, async () => ({ status: 'ok' }) as const);

    app.get('/readyz', { schema: READY, config: CONFIG }, async (_request, reply) => {
      const away = await whoIsAway(probes);
      const parts = Object.keys(probes).map((name) => [name, away.includes(name) ? 'away' : 'up'] as const);
      return reply
        .code(away.length > 0 ? 503 : 200)
        .send({ ready: away.length === 0, parts: Object.fromEntries(parts), away: [...away] });
    });
  };
}
