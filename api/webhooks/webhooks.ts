import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import type { KeepDeps } from './keep-payload.ts';
import { useRawBody } from './raw-body.ts';
import { shopifyWebhook } from './shopify.ts';
import { standardWebhook } from './standard.ts';
import { wooCommerceWebhook } from './woocommerce.ts';

/** Where shops report by themselves: whoever signs with the shop's secret needs no key. */
export async function webhooks(
  app: FastifyInstance,
  deps: KeepDeps & Pick<ApiDeps, 'settings'>,
): Promise<void> {
  useRawBody(app);
  shopifyWebhook(app, deps);
  wooCommerceWebhook(app, deps);
  standardWebhook(app, deps);
}
