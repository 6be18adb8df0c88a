import { z } from 'zod';
import type { OrderItem } from './event.ts';
import { minorUnitsOf } from './money.ts';
import { WooAddress, wooShipTo } from './normalise-addresses.ts';
import { Amount, Currency, Id, Instant, Mail, maybe, readPayload, told, Words } from './payload.ts';
import {
  NOTHING_TOLD,
  orderEventId,
  type PayloadRead,
  type Reported,
  type ReportedOfOrder,
} from './reported.ts';

const SOURCE = 'woocommerce';
/** As many as an event holds. */
const MOST_ITEMS = 500;

/** @see https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties */
const Billing = WooAddress.extend({ email: maybe(Mail) });

const LineItem = z.object({
  name: maybe(Words),
  sku: maybe(Words),
  product_id: maybe(Id),
  variation_id: maybe(Id),
  quantity: z.number().min(0).max(1_000_000),
  total: Amount,
  total_tax: maybe(Amount),
});

const OrderPayload = z.object({
  id: Id,
  status: z.string().regex(/^[a-z0-9_-]{1,30}$/, 'is not a status'),
  currency: Currency,
  total: Amount,
  customer_id: maybe(Id),
  billing: maybe(Billing),
  date_created_gmt: Instant,
  date_modified_gmt: Instant,
  date_paid_gmt: maybe(Instant),
  date_completed_gmt: maybe(Instant),
  line_items: z.array(LineItem),
  shipping: maybe(WooAddress),
  refunds: maybe(z.array(z.object({ id: Id, total: Amount }))),
});
type Order = z.output<typeof OrderPayload>;

/** @see https://woocommerce.github.io/woocommerce-rest-api-docs/#customer-properties */
const CustomerPayload = z.object({
  id: Id,
  email: maybe(Mail),
  first_name: maybe(Words),
  last_name: maybe(Words),
  billing: maybe(Billing),
  date_created_gmt: Instant,
  date_modified_gmt: maybe(Instant),
});

const UNPAID: readonly string[] = ['pending', 'on-hold', 'failed', 'cancelled', 'trash'];
/** A cart that somebody is still filling. */
const DRAFTS: readonly string[] = ['checkout-draft', 'auto-draft', 'draft'];

/**
 * Reads what a webhook of WooCommerce tells (docs/connect.md has the table).
 *
 * Its delivery id is not unique, and no consent comes with it. What an order tells is read from its state and known
 * by the order, so webhooks may come twice, late, or in any order.
 *
 * @param topic of the header `X-WC-Webhook-Topic`, as `order.updated`
 */
export function normaliseWooCommerce(topic: string, payload: unknown): PayloadRead {
  switch (topic) {
    case 'order.created':
    case 'order.updated':
    case 'order.restored':
      return readPayload(OrderPayload, payload, orderRead);
    case 'customer.created':
    case 'customer.updated':
      return readPayload(CustomerPayload, payload, (customer) => customerRead(customer, topic));
    default:
      return NOTHING_TOLD;
  }
}

function orderRead(order: Order): PayloadRead {
  const customer = customerOf(order);
  if (!customer || DRAFTS.includes(order.status)) return NOTHING_TOLD;
  const events = isBought(order) ? [purchase(order), ...whatFollowed(order)] : [placed(order)];
  return { kind: 'events', events: events.map((event) => ({ ...event, customer })) };
}

/** Paid, or on its way without having been paid yet, as with cash on delivery. */
function isBought({ date_paid_gmt, status }: Order): boolean {
  return date_paid_gmt !== undefined || !UNPAID.includes(status);
}

/** A guest has the id 0, and is known by address. */
function customerOf({ customer_id, billing }: Order): Reported['customer'] | undefined {
  const id = customer_id === '0' ? undefined : customer_id;
  const email = billing?.email;
  if (id === undefined && email === undefined) return undefined;
  return told({ id, email, name: nameOf(billing?.first_name, billing?.last_name) });
}

function nameOf(first: string | undefined, last: string | undefined) {
  return first === undefined && last === undefined ? undefined : told({ first, last });
}

function purchase(order: Order): ReportedOfOrder {
  const at = order.date_paid_gmt ?? order.date_created_gmt;
  const shipTo = wooShipTo(order.shipping, order.billing);
  return { ...named(order, '', 'purchase', at), data: { ...contentsOf(order), ...(shipTo && { shipTo }) } };
}

/** Not bought yet: told anew at each change, as nothing is counted by it. */
function placed(order: Order): ReportedOfOrder {
  const { status, date_modified_gmt: at } = order;
  return { ...named(order, `:${status}:${at}`, 'order-unpaid', at), data: { ...contentsOf(order), status } };
}

function whatFollowed(order: Order): readonly ReportedOfOrder[] {
  const { status, date_modified_gmt: changed, date_completed_gmt, id: orderId } = order;
  const data = { orderId };
  const isGone = status === 'cancelled' || status === 'trash';
  const isWhole = status === 'refunded' || isWhollyRefunded(order);
  return [
    ...(date_completed_gmt ? [{ ...named(order, ':shipped', 'shipped', date_completed_gmt), data }] : []),
    ...(isGone ? [{ ...named(order, ':cancelled', 'cancelled', changed), data }] : []),
    ...(isWhole ? [{ ...named(order, ':refund', 'refund', changed), data }] : []),
    ...(isWhole ? [] : moneyBack(order)),
  ];
}

/** A part of the money given back: WooCommerce does not tell for which items. */
function moneyBack({
  id: orderId,
  refunds = [],
  currency,
  date_modified_gmt: at,
}: Order): readonly ReportedOfOrder[] {
  return refunds.map(({ id, total }) => {
    const data = { orderId, amount: Math.abs(minorUnitsOf(total, currency) ?? 0), currency };
    return { id: `refund-${id}`, source: SOURCE, type: 'money-back', at, data };
  });
}

function isWhollyRefunded({ refunds = [], total, currency }: Order): boolean {
  const back = refunds.reduce((sum, refund) => sum + Math.abs(minorUnitsOf(refund.total, currency) ?? 0), 0);
  return back > 0 && back >= (minorUnitsOf(total, currency) ?? Infinity);
}

function contentsOf({ id: orderId, total, currency, line_items }: Order) {
  const items = line_items.slice(0, MOST_ITEMS).flatMap((item) => itemOf(item, currency));
  return { orderId, total: Math.max(0, minorUnitsOf(total, currency) ?? 0), currency, items };
}

/** A line of the order, at what the customer pays for one piece: after discounts, with tax. */
function itemOf(item: z.output<typeof LineItem>, currency: string): readonly OrderItem[] {
  const quantity = Math.ceil(item.quantity); // some shops sell by weight
  if (quantity === 0) return [];
  const paid =
    (minorUnitsOf(item.total, currency) ?? 0) + (minorUnitsOf(item.total_tax ?? '0', currency) ?? 0);
  return [
    {
      sku: skuOf(item),
      name: item.name ?? 'unnamed',
      quantity,
      price: Math.max(0, Math.round(paid / quantity)),
    },
  ];
}

function skuOf({ sku, variation_id, product_id }: z.output<typeof LineItem>): string {
  if (sku && !/^(\$|__proto__$|constructor$|prototype$)/.test(sku)) return sku;
  if (variation_id && variation_id !== '0') return `variation-${variation_id}`;
  return product_id ? `product-${product_id}` : 'unnumbered';
}

function named({ id }: Order, suffix: string, type: string, at: string): ReportedOfOrder {
  return { id: `${orderEventId(id)}${suffix}`, source: SOURCE, type, at };
}

function customerRead(customer: z.output<typeof CustomerPayload>, topic: string): PayloadRead {
  const { id, billing, date_created_gmt: made } = customer;
  const email = customer.email ?? billing?.email;
  const name = nameOf(customer.first_name ?? billing?.first_name, customer.last_name ?? billing?.last_name);
  const who = told({ id, email, name });
  if (topic === 'customer.created') {
    return {
      kind: 'events',
      events: [{ id: `customer-${id}`, source: SOURCE, type: 'sign-up', at: made, customer: who }],
    };
  }
  const at = customer.date_modified_gmt ?? made;
  const changed = { id: `customer-${id}-${at}`, source: SOURCE, type: 'profile', at, customer: who };
  return { kind: 'events', events: [changed] };
}
