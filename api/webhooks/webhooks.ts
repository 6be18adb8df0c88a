import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import type { KeepDeps } from './keep-payload.ts';
import { postmarkWebhook } from './postmark.ts';
import { useRawBody } from './raw-body.ts';
import { sesWebhook } from './ses.ts';
import { shopifyWebhook } from './shopify.ts';
import { standardWebhook } from './standard.ts';
import type { DeliveryDeps } from './take-delivery.ts';
import { wooCommerceWebhook } from './woocommerce.ts';

/** Where shops and mail providers report by themselves: whoever signs, or knows the secret, needs no key. */
export async function webhooks(
  app: FastifyInstance,
  deps: KeepDeps & DeliveryDeps & Pick<ApiDeps, 'settings' | 'fetchText'>,
): Promise<void> {
  useRawBody(app);
  shopifyWebhook(app, deps);
  wooCommerceWebhook(app, deps);
  standardWebhook(app, deps);
  sesWebhook(app, deps);
  postmarkWebhook(app, deps);
}
