import { z } from 'zod';
import { keyedHash } from './hash.ts';
import { Id, Mail, maybe, readPayload, told, Words } from './payload.ts';
import type { PrivacyRequest } from './privacy-request.ts';
import { NOTHING_TOLD, type PayloadRead } from './reported.ts';

const KINDS: Readonly<Record<string, PrivacyRequest['kind']>> = {
  'customers/redact': 'erase-customer',
  'customers/data_request': 'tell-data',
  'shop/redact': 'erase-shop',
};

const Customer = z.object({ id: maybe(Id), email: maybe(Mail) });

/** @see https://shopify.dev/docs/apps/build/privacy-law-compliance */
const RequestPayload = z.object({
  shop_id: Id,
  shop_domain: maybe(Words),
  customer: maybe(Customer),
  orders_to_redact: maybe(z.array(Id).max(10_000)),
  orders_requested: maybe(z.array(Id).max(10_000)),
  data_request: maybe(z.object({ id: maybe(Id) })),
});

/** Reads what the law lets a customer ask, and Shopify passes on: it is answered by a person. */
export function readShopifyRequest(topic: string, payload: unknown): PayloadRead {
  const kind = KINDS[topic];
  if (!kind) return NOTHING_TOLD;
  return readPayload(RequestPayload, payload, (asked) => {
    const { shop_id, shop_domain: shop, customer, data_request } = asked;
    if (kind !== 'erase-shop' && !customer?.id && !customer?.email) {
      return { kind: 'refused', problems: [{ path: ['customer'], message: 'names nobody' }] };
    }
    const orders = asked.orders_to_redact ?? asked.orders_requested ?? [];
    const about = kind === 'erase-shop' ? [] : [nameOf(customer), data_request?.id ?? markOf(orders)];
    const id = ['shopify', kind, shop_id, ...about].filter((part) => part !== undefined).join('/');
    const { id: customerId, email } = customer ?? {};
    const request = { id, kind, source: 'shopify', orders, ...told({ shop, customerId, email }) };
    return { kind: 'request', request };
  });
}

/** Who asks; an address is not told, as the id outlives the answer. */
function nameOf(customer: z.output<typeof Customer> | undefined): string | undefined {
  const { id, email } = customer ?? {};
  return id ?? (email === undefined ? undefined : shortHash(email));
}

/** Tells what is asked later, of other orders, from what is only told again. */
function markOf(orders: readonly string[]): string | undefined {
  return orders.length === 0 ? undefined : shortHash([...orders].sort().join());
}

function shortHash(text: string): string {
  return keyedHash('shopify', text).slice(0, 12);
}
