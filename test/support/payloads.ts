import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { parseExactly } from '../../api/webhooks/exact-json.ts';

export type Shop = 'shopify' | 'woocommerce';

export const SHOP_SECRET = 'the secret of the shop';
export const NEXT_SECRET = 'the secret that takes its place';

/** What the server is given to know shops by: two secrets, as during a rotation. */
export const WEBHOOK_SECRETS = {
  shopify: [SHOP_SECRET, NEXT_SECRET],
  woocommerce: [SHOP_SECRET, NEXT_SECRET],
};

/** The names of all samples of a shop. */
export function samplesOf(shop: Shop): readonly string[] {
  return readdirSync(folderOf(shop)).map((name) => name.replace(/\.json$/, ''));
}

/** The bytes of a sample, as the shop sends them. */
export function bytesOfSample(shop: Shop, name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, folderOf(shop)));
}

/** A sample as the server reads it. */
export function sample(shop: Shop, name: string): unknown {
  return parseExactly(bytesOfSample(shop, name));
}

/** The topic that a sample's name ends with: `life-1-orders-create` is of `orders/create`. */
export function topicOf(shop: Shop, name: string): string {
  const last = name.split('-').slice(shop === 'shopify' ? -2 : -1);
  return last.join('/');
}

export function signed(body: Buffer | string, secret = SHOP_SECRET): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/** Posts as the shop does; a header that is `undefined` is left out. */
export function deliver(
  app: FastifyInstance,
  shop: Shop,
  { topic, body, headers = {} }: { topic: string; body: Buffer | string; headers?: object },
) {
  const names = shop === 'shopify' ? SHOPIFY : WOOCOMMERCE;
  const all = {
    'content-type': 'application/json',
    [names.topic]: topic,
    [names.signature]: signed(body),
    ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return app.inject({ method: 'POST', url: `/webhooks/${shop}`, headers: sent, payload: body });
}

const SHOPIFY = { topic: 'x-shopify-topic', signature: 'x-shopify-hmac-sha256' };
const WOOCOMMERCE = { topic: 'x-wc-webhook-topic', signature: 'x-wc-webhook-signature' };

function folderOf(shop: Shop): URL {
  return new URL(`../fixtures/${shop}/`, import.meta.url);
}
