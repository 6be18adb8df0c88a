import { z } from 'zod';
import type { EventData, OrderItem } from './event.ts';
import { OWN_TYPES } from './incoming.ts';
import { KNOWN_TYPES } from './incoming-data.ts';
import { minorUnitsOf } from './money.ts';
import { Amount, Currency, Id, maybe, told, Words } from './payload.ts';
import { orderEventId, type ReportedOfOrder } from './reported.ts';
import { explain, type Problem } from './strict.ts';

/** @see https://www.twilio.com/docs/segment/connections/spec/ecommerce/v2 */
const Product = z.object({
  product_id: maybe(Id),
  sku: maybe(Words),
  name: maybe(Words),
  category: maybe(Words),
  price: maybe(Amount),
  quantity: z.int().min(1).default(1).catch(1),
});

const OfOrder = z.object({ order_id: Id, products: maybe(z.array(Product).max(500)) });

const Sale = z.object({
  total: maybe(Amount),
  revenue: maybe(Amount),
  value: maybe(Amount),
  currency: Currency,
  products: maybe(z.array(Product).max(500)),
});

const Review = z.object({
  product_id: maybe(Id),
  sku: maybe(Words),
  rating: maybe(z.coerce.number().min(0).max(5)),
  review_body: maybe(Words),
});

const Viewed = z.object({ sku: maybe(Words), product_id: maybe(Id), category: maybe(Words) });

type Base = Pick<ReportedOfOrder, 'id' | 'source' | 'at'>;
type Properties = Readonly<Record<string, unknown>>;

/** The names of Segment's specification for shops that mean something here. */
const READERS: Readonly<
  Record<string, (base: Base, properties: Properties) => ReportedOfOrder | readonly Problem[]>
> = {
  'order completed': purchase,
  'order refunded': (base, properties) => afterOrder(base, properties, 'refund'),
  'order cancelled': (base, properties) => afterOrder(base, properties, 'cancelled'),
  'order shipped': (base, properties) => afterOrder(base, properties, 'shipped'),
  'order delivered': (base, properties) => afterOrder(base, properties, 'delivered'),
  'cart abandoned': cart,
  'checkout abandoned': cart,
  'signed up': (base) => ({ ...base, type: 'sign-up' }),
  'account created': (base) => ({ ...base, type: 'sign-up' }),
  'product reviewed': review,
  'product viewed': viewed,
  'product list viewed': viewed,
};

/** Reads a `track` by its name; one that means nothing here is kept under it, with its properties. */
export function readSegmentTrack(
  base: Base,
  name: string | undefined,
  properties: Properties,
): ReportedOfOrder | readonly Problem[] {
  if (name === undefined) return [{ path: ['event'], message: 'is required' }];
  const known = name.toLowerCase();
  const reader = Object.hasOwn(READERS, known) ? READERS[known] : undefined; // `constructor` is a name too
  return reader ? reader(base, properties) : { ...base, type: typeOf(name), data: properties };
}

/** `Lamp Looked At` is `lamp-looked-at`; a name that means something else here is told apart. */
function typeOf(name: string): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const kebab = words.slice(0, 50).replaceAll(/^-|-$/g, '');
  const isTaken = KNOWN_TYPES.includes(kebab) || OWN_TYPES.includes(kebab);
  return isTaken || !/^[a-z]/.test(kebab) ? `segment.${kebab || 'unnamed'}` : kebab;
}

/** Known by its order, so the same order told twice is one purchase. */
function purchase(base: Base, properties: Properties): ReportedOfOrder | readonly Problem[] {
  return reading(Sale.extend({ order_id: Id }), properties, ({ order_id: orderId, ...sale }) => {
    const total = sale.total ?? sale.revenue ?? sale.value;
    if (total === undefined) return [{ path: ['properties', 'total'], message: 'is required' }];
    const data = { orderId, ...contentsOf(sale), total: amount(total, sale.currency) };
    return { ...base, id: orderEventId(orderId), type: 'purchase', data };
  });
}

function afterOrder(base: Base, properties: Properties, type: string): ReportedOfOrder | readonly Problem[] {
  return reading(OfOrder, properties, ({ order_id: orderId, products = [] }) => {
    const items =
      type === 'refund' && products.length > 0 ? products.map((one) => itemOf(one, 'EUR')) : undefined;
    return { ...base, type, data: told({ orderId, items }) };
  });
}

function cart(base: Base, properties: Properties): ReportedOfOrder | readonly Problem[] {
  const read = Sale.safeParse(properties);
  return { ...base, type: 'cart-abandoned', ...(read.success ? { data: contentsOf(read.data) } : {}) };
}

function review(base: Base, properties: Properties): ReportedOfOrder | readonly Problem[] {
  return reading(Review, properties, ({ sku, product_id, rating, review_body: text }) => {
    const score = rating === undefined ? undefined : Math.round(rating * 2); // one to five stars
    return { ...base, type: 'review', data: told({ sku: sku ?? product_id, score, text }) };
  });
}

function viewed(base: Base, properties: Properties): ReportedOfOrder | readonly Problem[] {
  return reading(Viewed, properties, ({ sku, product_id, category }) => {
    return { ...base, type: 'visit', data: told({ sku: sku ?? product_id, category }) };
  });
}

function reading<Schema extends z.ZodType>(
  schema: Schema,
  properties: Properties,
  use: (read: z.output<Schema>) => ReportedOfOrder | readonly Problem[],
): ReportedOfOrder | readonly Problem[] {
  const read = schema.safeParse(properties);
  if (read.success) return use(read.data);
  return explain(read.error.issues).map((problem) => ({ ...problem, path: ['properties', ...problem.path] }));
}

function contentsOf({ total, currency, products = [] }: z.output<typeof Sale>): EventData {
  const items = products.map((one) => itemOf(one, currency));
  return { currency, items, ...(total === undefined ? {} : { total: amount(total, currency) }) };
}

function itemOf(
  { sku, product_id, name, category, price, quantity }: z.output<typeof Product>,
  currency: string,
): OrderItem {
  const known = sku ?? product_id ?? 'unnumbered';
  const each = price === undefined ? 0 : amount(price, currency);
  return { sku: known, name: name ?? known, quantity, price: each, ...told({ category }) };
}

function amount(text: string, currency: string): number {
  return Math.max(0, minorUnitsOf(text, currency) ?? 0);
}
