import type { AnswerLinks } from './answer-links.ts';
import { type CaseAnswerValues, caseAnswerOf } from './case-answer-values.ts';
import type { Customer, Order } from './customer.ts';
import type { OrderItem, StoredEvent } from './event.ts';
import { type GrantValues, NO_GRANT } from './grant-values.ts';
import type { MailLinks } from './mail-links.ts';
import { type MembershipValues, NO_MEMBERSHIP } from './membership-values.ts';
import type { ItemValues, OrderValues } from './order-values.ts';
import type { Playbook } from './playbook.ts';
import type { PointValues } from './point-values.ts';
import { type Signer, signerOf } from './signer.ts';

/** All that a template may say: complete (`null` where unknown), JSON-safe, and without any address. */
export type TemplateValues = {
  /** BCP 47; how numbers and dates are written if the template speaks the same language. */
  readonly locale: string;
  readonly timeZone: string;
  readonly shop: {
    readonly name: string;
    readonly url: string | null;
    readonly replyTo: string;
    readonly address: string;
  };
  readonly signer: Signer;
  readonly customer: {
    readonly firstName: string | null;
    readonly lastName: string | null;
    /** Epoch milliseconds. */
    readonly since: number;
    readonly interests: readonly string[];
    /** The channel through which we met, `word-of-mouth`. */
    readonly metThrough: string | null;
  };
  /** The order that the touch answers, else the last; net: what was given back is gone. */
  readonly order: OrderValues | null;
  /** At most three items of that order, to name it by; empty if they are unknown. */
  readonly bought: readonly string[];
  /** What was left behind, of a touch that answers it. */
  readonly cart: { readonly names: readonly string[]; readonly items: readonly ItemValues[] } | null;
  readonly orders: {
    readonly count: number;
    /** Different calendar days with an order. */
    readonly days: number;
    /** Epoch milliseconds. */
    readonly first: number | null;
    /** At most three items of the first order. */
    readonly firstNames: readonly string[];
    /** The latest three, newest first. */
    readonly recent: readonly OrderValues[];
    /** At most three, the most bought first. */
    readonly categories: readonly string[];
  };
  /** What the touch answers. */
  readonly because: {
    readonly type: string | null;
    readonly at: number | null;
    /** Of the order that it is about, if that is one the customer kept. */
    readonly orderId: string | null;
    /** Of a complaint: how it was told, `answer` or `review` where nobody called it one. */
    readonly via: string | null;
  };
  /** What the mail gives, of a touch with a surprise. */
  readonly grant: GrantValues;
  /** Of the loyalty programme; `null` of no member. */
  readonly points: PointValues | null;
  readonly membership: MembershipValues;
  /** Of the mail that answers a complaint: what whoever answers wrote. */
  readonly caseAnswer: CaseAnswerValues | null;
  /** Of the mail that asks to confirm an address: the link. */
  readonly confirm: { readonly url: string } | null;
  /** Of a mail that asks something: where each answer leads. */
  readonly answer: AnswerLinks | null;
  /** Where the customer decides about mail; `null` where the mail is about nobody we keep. */
  readonly links: MailLinks | null;
};

/** How many orders a mail tells of. */
const RECENT = 3;
/** How many items name an order. */
const NAMED = 3;

/**
 * Tells what the mail may say to this customer, at the moment of sending.
 *
 * @param because the event that the touch answers; absent for `entering`, birthdays and the like
 */
export function valuesOf(
  customer: Customer,
  because: StoredEvent | undefined,
  { shop }: Pick<Playbook, 'shop'>,
): TemplateValues {
  const { profile } = customer.known;
  const kept = customer.known.orders.filter(isKept).sort((one, other) => other.at - one.at);
  const orders = kept.map((order) => orderValues(order, shop.currency));
  const meant = orders.find(({ id }) => id === because?.data?.orderId);
  const order = meant ?? orders[0] ?? null;

  return {
    locale: profile.locale ?? shop.locale,
    timeZone: profile.timeZone ?? shop.timeZone,
    shop: { name: shop.name, url: shop.url ?? null, replyTo: shop.replyTo, address: shop.address },
    signer: signerOf(shop),
    customer: customerValues(customer),
    order,
    bought: order?.names ?? [],
    cart: cartOf(because, shop.currency),
    orders: {
      count: kept.length,
      days: new Set(kept.map(({ day }) => day)).size,
      first: kept.at(-1)?.at ?? null,
      firstNames: orders.at(-1)?.names ?? [],
      recent: orders.slice(0, RECENT),
      categories: favourites(orders),
    },
    because: becauseValues(because, meant),
    ...{ grant: NO_GRANT, points: null, membership: NO_MEMBERSHIP, confirm: null, answer: null, links: null },
    caseAnswer: caseAnswerOf(because),
  };
}

function becauseValues(because: StoredEvent | undefined, meant: OrderValues | undefined) {
  const { type = null, at = null, data } = because ?? {};
  return { type, at, orderId: meant?.id ?? null, via: data?.via ?? null };
}

function customerValues({ known }: Customer): TemplateValues['customer'] {
  const { name, interests } = known.profile;
  return {
    firstName: name?.first ?? null,
    lastName: name?.last ?? null,
    since: known.createdAt,
    interests: interests ?? [],
    metThrough: known.metThrough?.channel ?? null,
  };
}

function isKept({ placed, cancelled, refunded }: Order): boolean {
  return placed && !cancelled && refunded !== 'whole';
}

function orderValues(order: Order, currency: string): OrderValues {
  const back = typeof order.refunded === 'object' ? order.refunded : {};
  const money = order.currency ?? currency;
  const items = order.items
    .map((item) => itemValues(item, back[item.sku] ?? 0, money))
    .filter(({ quantity }) => quantity > 0);
  const given = order.items.reduce((sum, item) => sum + item.price * (back[item.sku] ?? 0), 0);
  return {
    id: order.id,
    at: order.at,
    total: order.total - given,
    currency: money,
    names: namesOf(items),
    items,
  };
}

/** A cart of which nothing is known is none. */
function cartOf(because: StoredEvent | undefined, currency: string): TemplateValues['cart'] {
  if (because?.type !== 'cart-abandoned') return null;
  const { items = [], currency: money = currency } = because.data ?? {};
  const left = items.map((item) => itemValues(item, 0, money));
  return left.length > 0 ? { names: namesOf(left), items: left } : null;
}

function namesOf(items: readonly ItemValues[]): readonly string[] {
  return items.slice(0, NAMED).map(({ name }) => name);
}

function itemValues(item: OrderItem, back: number, currency: string): ItemValues {
  const { name, category, price } = item;
  const quantity = item.quantity - back;
  return { name, category: category ?? null, quantity, price, total: quantity * price, currency };
}

function favourites(orders: readonly OrderValues[]): readonly string[] {
  const bought = new Map<string, number>();
  for (const { category, quantity } of orders.flatMap(({ items }) => items)) {
    if (category) bought.set(category, (bought.get(category) ?? 0) + quantity);
  }
  return [...bought.entries()]
    .sort((one, other) => other[1] - one[1])
    .slice(0, 3)
    .map(([category]) => category);
}
