import { z } from 'zod';
import type { OrderItem } from './event.ts';
import { minorUnitsOf } from './money.ts';
import { Amount, Currency, Id, Instant, maybe, readPayload, Words } from './payload.ts';
import { orderEventId, type PayloadRead, type ReportedOfOrder } from './reported.ts';

const SOURCE = 'shopify';

/** By what a line of an order is recognised. */
export const SHOPIFY_PRODUCT = {
  sku: maybe(Words),
  variant_id: maybe(Id),
  product_id: maybe(Id),
};
const Product = z.object(SHOPIFY_PRODUCT);

/** @see https://shopify.dev/docs/api/admin-rest/latest/resources/refund */
export const ShopifyRefund = z.object({
  id: Id,
  created_at: Instant,
  refund_line_items: z.array(
    z.object({ quantity: z.int().min(0), line_item_id: maybe(Id), line_item: maybe(Product) }),
  ),
  transactions: maybe(z.array(z.object({ amount: Amount, currency: Currency, kind: maybe(z.string()) }))),
});
type Refund = z.output<typeof ShopifyRefund>;

const RefundPayload = ShopifyRefund.extend({ order_id: Id });

const FulfillmentPayload = z.object({
  id: Id,
  order_id: Id,
  status: maybe(z.string()),
  shipment_status: maybe(z.string()),
  created_at: Instant,
  updated_at: maybe(Instant),
});

/** The shop's own number of an article; one without is known by its variant or product. */
export function shopifySku({ sku, variant_id, product_id }: z.output<typeof Product>): string {
  if (sku && !/^(\$|__proto__$|constructor$|prototype$)/.test(sku)) return sku;
  if (variant_id) return `variant-${variant_id}`;
  return product_id ? `product-${product_id}` : 'unnumbered';
}

/** Reads a refund told by itself: it names its order, and not its customer. */
export function readShopifyRefund(payload: unknown): PayloadRead {
  return readPayload(RefundPayload, payload, (refund) => ({
    kind: 'of-order',
    order: purchaseOf(refund.order_id),
    events: refundEvents(refund, refund.order_id),
  }));
}

/** Reads a parcel told by itself: on its way, or delivered. */
export function readShopifyFulfillment(payload: unknown): PayloadRead {
  return readPayload(FulfillmentPayload, payload, (parcel) => {
    const { order_id: orderId, created_at, updated_at = created_at, shipment_status, status } = parcel;
    const id = orderEventId(orderId);
    const base = { source: SOURCE, data: { orderId } };
    const shipped = { ...base, id: `${id}:shipped`, type: 'shipped', at: created_at };
    const delivered = { ...base, id: `${id}:delivered`, type: 'delivered', at: updated_at };
    const isOff = status === 'cancelled' || status === 'error' || status === 'failure';
    const events = isOff ? [] : [shipped, ...(shipment_status === 'delivered' ? [delivered] : [])];
    return { kind: 'of-order', order: purchaseOf(orderId), events };
  });
}

/**
 * What a refund tells: the pieces that came back, or money alone, which leaves the order as it is.
 *
 * @param lines what the lines of the order are, by their ids, where the refund does not tell it itself
 */
export function refundEvents(
  refund: Refund,
  orderId: string,
  lines: ReadonlyMap<string, string> = new Map(),
): readonly ReportedOfOrder[] {
  const items = refund.refund_line_items.flatMap(({ quantity, line_item, line_item_id }): OrderItem[] => {
    const sku = line_item ? shopifySku(line_item) : lines.get(line_item_id ?? '');
    return sku === undefined || quantity === 0 ? [] : [{ sku, name: sku, quantity, price: 0 }];
  });
  const base = { id: `refund-${refund.id}`, source: SOURCE, at: refund.created_at };
  if (items.length > 0) return [{ ...base, type: 'refund', data: { orderId, items } }];

  const paid = (refund.transactions ?? []).filter(({ kind }) => kind === undefined || kind === 'refund');
  const currency = paid[0]?.currency;
  if (currency === undefined) return [];
  const amount = paid.reduce((sum, one) => sum + (minorUnitsOf(one.amount, currency) ?? 0), 0);
  return [{ ...base, type: 'money-back', data: { orderId, amount, currency } }];
}

function purchaseOf(orderId: string): string {
  return `${SOURCE}/${orderEventId(orderId)}`;
}
