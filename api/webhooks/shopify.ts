import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { normaliseShopify } from '../../domain/normalise-shopify.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { parseExactly } from './exact-json.ts';
import { createKeepPayload, type KeepDeps, type WebhookAnswer } from './keep-payload.ts';
import { bytesOf, WEBHOOK } from './raw-body.ts';
import { requireSignature } from './signature.ts';

/**
 * A delivery that was triggered earlier is not Shopify's: it tries for four hours, and tried for two days in times
 * before September 2024 (https://shopify.dev/changelog/updates-to-webhook-retry-mechanism).
 */
const OLDEST_MS = 48 * 3_600_000;

/** Where Shopify reports. */
export function shopifyWebhook(app: FastifyInstance, deps: KeepDeps & Pick<ApiDeps, 'settings'>): void {
  const keep = createKeepPayload(deps);
  const { shopify: secrets = [] } = deps.settings.webhookSecrets ?? {};

  app.post('/webhooks/shopify', { ...WEBHOOK, schema: { hide: true } }, async (request, reply) => {
    if (secrets.length === 0) throw new Problem(404, 'Shopify is not connected; set RAPPORT_SHOPIFY_SECRET');
    const body = bytesOf(request.body);
    requireSignature(body, request.headers['x-shopify-hmac-sha256'], secrets);
    refuseOld(request.headers['x-shopify-triggered-at'], deps.clock.serverTime());

    const topic = String(request.headers['x-shopify-topic'] ?? '');
    const answer = await keep(normaliseShopify(topic, parseExactly(body)));
    tellRequest(request.log, answer);
    return reply.code(202).send(answer);
  });
}

/** The id of a request leads to nobody. */
function tellRequest(log: FastifyBaseLogger, { request, answered }: WebhookAnswer): void {
  if (request === undefined) return;
  if (answered) log.info({ request, answered }, 'a privacy request was carried out');
  else log.warn({ request }, 'a person is to answer a privacy request: rapport request list');
}

/** @throws Problem 401 for a delivery of long ago; one that does not say when it was triggered is let through */
function refuseOld(triggeredAt: string | readonly string[] | undefined, now: number): void {
  const at = Date.parse(String(triggeredAt ?? ''));
  if (at < now - OLDEST_MS) throw new Problem(401, 'this was triggered more than 48 hours ago');
}
