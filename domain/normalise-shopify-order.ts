import { z } from 'zod';
import type { OrderItem } from './event.ts';
import { minorUnitsOf } from './money.ts';
import { ShopifyAddress, shopifyShipTo } from './normalise-addresses.ts';
import { refundEvents, SHOPIFY_PRODUCT, ShopifyRefund, shopifySku } from './normalise-shopify-parts.ts';
import { Amount, Currency, Id, Instant, Language, Mail, maybe, readPayload, told, Words } from './payload.ts';
import { orderEventId, type PayloadRead, type Reported, type ReportedOfOrder } from './reported.ts';

const SOURCE = 'shopify';
const DAY_MS = 86_400_000;
/** As many as an event holds. */
const MOST_ITEMS = 500;

/** @see https://shopify.dev/docs/api/admin-rest/latest/resources/order */
const LineItem = z.object({
  ...SHOPIFY_PRODUCT,
  id: maybe(Id),
  title: maybe(Words),
  name: maybe(Words),
  product_type: maybe(Words),
  quantity: z.int().min(0),
  price: Amount,
  discount_allocations: maybe(z.array(z.object({ amount: Amount }))),
});

const OrderPayload = z.object({
  id: Id,
  email: maybe(Mail),
  contact_email: maybe(Mail),
  customer: maybe(
    z.object({ id: maybe(Id), email: maybe(Mail), first_name: maybe(Words), last_name: maybe(Words) }),
  ),
  customer_locale: maybe(Language),
  created_at: Instant,
  processed_at: maybe(Instant),
  updated_at: Instant,
  cancelled_at: maybe(Instant),
  currency: Currency,
  total_price: Amount,
  financial_status: maybe(z.string()),
  fulfillment_status: maybe(z.string()),
  fulfillments: maybe(
    z.array(
      z.object({ created_at: Instant, updated_at: maybe(Instant), shipment_status: maybe(z.string()) }),
    ),
  ),
  refunds: maybe(z.array(ShopifyRefund)),
  line_items: z.array(LineItem),
  shipping_address: maybe(ShopifyAddress),
});
type Order = z.output<typeof OrderPayload>;

const PAID: readonly unknown[] = ['paid', 'partially_refunded', 'refunded'];

/** Reads all that the state of an order tells; each of it has the same identity in every webhook that tells it. */
export function readShopifyOrder(topic: string, payload: unknown): PayloadRead {
  return readPayload(OrderPayload, payload, (order) => {
    const customer = customerOf(order);
    if (!customer) return { kind: 'events', events: [] };
    const followed = whatFollowed(order, topic);
    const mayBePayment = topic === 'orders/updated' && followed.length === 0 && isPaidLate(order);
    const events = mayBePayment ? [] : [placing(order, topic), ...followed];
    return { kind: 'events', events: events.map((event) => ({ ...event, customer })) };
  });
}

/** Who ordered; nobody where somebody at a till left neither name nor address. */
function customerOf({
  customer,
  customer_locale: locale,
  ...order
}: Order): Reported['customer'] | undefined {
  const email = order.email ?? order.contact_email ?? customer?.email;
  const { id, first_name: first, last_name: last } = customer ?? {};
  if (id === undefined && email === undefined) return undefined;
  const name = told({ first, last });
  return told({ id, email, name: Object.keys(name).length > 0 ? name : undefined, locale });
}

/** The order as placed: a purchase once it is paid. */
function placing(order: Order, topic: string): ReportedOfOrder {
  const isPaid = topic === 'orders/paid' || PAID.includes(order.financial_status);
  const items = order.line_items.slice(0, MOST_ITEMS).flatMap((item) => itemOf(item, order.currency));
  const total = Math.max(0, minorUnitsOf(order.total_price, order.currency) ?? 0);
  const data = { orderId: order.id, total, currency: order.currency, items };
  const placed = placedAt(order);
  if (!isPaid) return { ...named(order, ':unpaid', 'order-unpaid', placed), data };
  // Where the money came days later, as by bank transfer, that is when the purchase is made.
  const at = topic === 'orders/paid' && isLate(order) ? order.updated_at : placed;
  const shipTo = shopifyShipTo(order.shipping_address);
  return { ...named(order, '', 'purchase', at), data: { ...data, ...(shipTo && { shipTo }) } };
}

/**
 * Whether an update may tell of a payment that came days after the order, as by bank transfer.
 *
 * `orders/paid` tells the same, and when: an update that came before it would date the purchase at its placing,
 * and no thank-you would go.
 */
function isPaidLate(order: Order): boolean {
  return PAID.includes(order.financial_status) && isLate(order);
}

function isLate(order: Order): boolean {
  return Date.parse(order.updated_at) - Date.parse(placedAt(order)) > DAY_MS;
}

function placedAt({ processed_at, created_at }: Order): string {
  return processed_at ?? created_at;
}

function whatFollowed(order: Order, topic: string): readonly ReportedOfOrder[] {
  const { cancelled_at, fulfillments = [], refunds = [], updated_at, id: orderId } = order;
  const isCancelled = cancelled_at !== undefined || topic === 'orders/cancelled';
  const isShipped = order.fulfillment_status === 'fulfilled' || topic === 'orders/fulfilled';
  const arrived = fulfillments.filter(({ shipment_status }) => shipment_status === 'delivered');
  const isDelivered = isShipped && arrived.length > 0 && arrived.length === fulfillments.length;
  const shippedAt = lastOf(fulfillments.map(({ created_at }) => created_at)) ?? updated_at;
  const deliveredAt = lastOf(arrived.map((one) => one.updated_at ?? one.created_at)) ?? updated_at;
  const lines = new Map(order.line_items.map((item) => [item.id ?? '', shopifySku(item)]));
  const data = { orderId };
  return [
    ...(isCancelled
      ? [{ ...named(order, ':cancelled', 'cancelled', cancelled_at ?? updated_at), data }]
      : []),
    ...(isShipped ? [{ ...named(order, ':shipped', 'shipped', shippedAt), data }] : []),
    ...(isDelivered ? [{ ...named(order, ':delivered', 'delivered', deliveredAt), data }] : []),
    ...refunds.flatMap((refund) => refundEvents(refund, orderId, lines)),
    ...(order.financial_status === 'refunded'
      ? [{ ...named(order, ':refund', 'refund', updated_at), data }]
      : []),
  ];
}

function named({ id }: Order, suffix: string, type: string, at: string): ReportedOfOrder {
  return { id: `${orderEventId(id)}${suffix}`, source: SOURCE, type, at };
}

function lastOf(moments: readonly string[]): string | undefined {
  return [...moments].sort().at(-1);
}

/** A line of the order, at the price of one piece after the discounts on it. */
function itemOf(item: z.output<typeof LineItem>, currency: string): readonly OrderItem[] {
  const { quantity, price, discount_allocations: discounts = [], product_type: category } = item;
  if (quantity === 0) return [];
  const full = minorUnitsOf(price, currency) ?? 0;
  const off = discounts.reduce((sum, { amount }) => sum + (minorUnitsOf(amount, currency) ?? 0), 0);
  const each = Math.max(0, Math.round(full - off / quantity));
  const name = item.name ?? item.title ?? 'unnamed';
  return [{ sku: shopifySku(item), name, quantity, price: each, ...told({ category }) }];
}
