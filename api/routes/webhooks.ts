import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Webhook } from '../../data/webhooks.ts';
import { strict } from '../../domain/strict.ts';
import { WEBHOOK_EVENTS } from '../../domain/webhook-message.ts';
import { REFUSALS } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { isOnThisMachine, isReceiver, leadsInside } from '../receiver-address.ts';

/** @param publicUrl where Rapport runs on this machine alone, it may tell what runs there too */
function subscriptionAt(publicUrl: string) {
  const isLocal = isOnThisMachine(publicUrl);
  return strict({
    url: z
      .string()
      .max(2_000)
      .refine(isReceiver, {
        error: 'is not an address to send to; use https:// (http:// only on this machine)',
        abort: true,
      })
      .refine((url) => isLocal || !leadsInside(url), 'leads into a private network; use a public address')
      .describe('https, to a public address; on this machine also http, while PUBLIC_URL is on it too'),
    events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).describe('what to be told of'),
  });
}

const Answer = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  state: z.enum(['active', 'failing', 'disabled']),
  createdAt: z.iso.datetime(),
  failingSince: z.iso.datetime().nullable(),
  lastFailure: z.string().nullable(),
});
const Secret = z.string().describe('whsec_…, told this once: it signs what is sent');
const Made = Answer.extend({ secret: Secret });

const IdParams = z.object({ id: z.string() });
const CONFIG = { scope: 'webhooks:write' } as const;
const ABOUT = { tags: ['webhooks'] };

/** Where others subscribe to what Rapport does. */
export function webhookRoutes({
  webhooks,
  clock,
  settings,
}: Pick<ApiDeps, 'webhooks' | 'clock' | 'settings'>): FastifyPluginAsyncZod {
  const create = { ...CREATE, body: subscriptionAt(settings.publicUrl) };
  return async (app) => {
    app.post('/v1/webhooks', { schema: create, config: CONFIG }, async ({ body }, reply) => {
      const { secret, ...made } = await webhooks.create(body.url, body.events, clock.serverTime());
      return reply.code(201).send({ ...answerOf(made), secret });
    });
    app.get('/v1/webhooks', { schema: LIST, config: CONFIG }, async () => {
      return { webhooks: (await webhooks.list()).map(answerOf) };
    });
    app.post('/v1/webhooks/:id/secret', { schema: RENEW, config: CONFIG }, async ({ params }) => {
      const secret = await webhooks.renew(params.id, clock.serverTime());
      if (secret === undefined) throw nothingThere();
      return { secret };
    });
    app.delete('/v1/webhooks/:id', { schema: REMOVE, config: CONFIG }, async ({ params }, reply) => {
      if (!(await webhooks.remove(params.id))) throw nothingThere();
      return reply.code(204).send(null);
    });
  };
}

const CREATE = {
  ...ABOUT,
  summary: 'Be told of what Rapport does',
  description: 'Signed by Standard Webhooks, at least once, `webhook-id` being the same at each attempt.',
  response: { 201: Made, ...REFUSALS },
};
const LIST = {
  ...ABOUT,
  summary: 'Who is told of what, and whether it arrives',
  response: { 200: z.object({ webhooks: z.array(Answer) }), ...REFUSALS },
};
const RENEW = {
  ...ABOUT,
  summary: 'Make a new secret, and enable a disabled one',
  description: 'For 24 hours everything is signed with both.',
  params: IdParams,
  response: { 200: z.object({ secret: Secret }), ...REFUSALS },
};
const REMOVE = {
  ...ABOUT,
  summary: 'Be told no more',
  params: IdParams,
  response: { 204: z.null(), ...REFUSALS },
};

function answerOf({ id, url, events, createdAt, failingSince, lastFailure, disabledAt }: Webhook) {
  const state = disabledAt
    ? ('disabled' as const)
    : failingSince
      ? ('failing' as const)
      : ('active' as const);
  return {
    ...{ id, url, events: [...events], state },
    createdAt: createdAt.toISOString(),
    failingSince: failingSince?.toISOString() ?? null,
    lastFailure: lastFailure ?? null,
  };
}

function nothingThere(): Problem {
  return new Problem(404, 'there is no webhook with this id');
}
