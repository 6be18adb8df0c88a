import type { FastifyInstance } from 'fastify';
import { normaliseWooCommerce } from '../../domain/normalise-woocommerce.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { parseExactly } from './exact-json.ts';
import { createKeepPayload, type KeepDeps } from './keep-payload.ts';
import { bytesOf, WEBHOOK } from './raw-body.ts';
import { requireSignature } from './signature.ts';

/** What WooCommerce posts when a webhook is saved: unsigned, a form, and it wants to hear 200. */
const PING = /^webhook_id=\d{1,20}$/;

/** Where WooCommerce reports. */
export function wooCommerceWebhook(app: FastifyInstance, deps: KeepDeps & Pick<ApiDeps, 'settings'>): void {
  const keep = createKeepPayload(deps);
  const { woocommerce: secrets = [] } = deps.settings.webhookSecrets ?? {};

  app.post('/webhooks/woocommerce', { ...WEBHOOK, schema: { hide: true } }, async (request, reply) => {
    if (secrets.length === 0) {
      throw new Problem(404, 'WooCommerce is not connected; set RAPPORT_WOOCOMMERCE_SECRET');
    }
    const body = bytesOf(request.body);
    if (body.length < 40 && PING.test(body.toString('latin1'))) return reply.send({ receipts: [] });

    requireSignature(body, request.headers['x-wc-webhook-signature'], secrets);
    const topic = String(request.headers['x-wc-webhook-topic'] ?? '');
    return reply.code(202).send(await keep(normaliseWooCommerce(topic, parseExactly(body))));
  });
}
