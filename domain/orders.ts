import type { Order } from './customer.ts';
import type { EventData, OrderItem, StoredEvent } from './event.ts';
import { earliest, replaces } from './precedence.ts';
import { offsetMs } from './zone-offset.ts';

const ABOUT_ORDERS: readonly string[] = ['purchase', 'delivered', 'cancelled', 'refund'];

/** Adds what an event tells of an order; a refund or a delivery may come before its purchase. */
export function foldOrders(orders: readonly Order[], event: StoredEvent, zone: string): readonly Order[] {
  const orderId = event.data?.orderId;
  if (orderId === undefined || !ABOUT_ORDERS.includes(event.type)) return orders;
  const known = orders.find((order) => order.id === orderId);
  const order = amended(known ?? unplaced(orderId, event.at), event);
  const others = orders.filter((other) => other !== known);
  return [...others, onItsDay(order, zone)].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** The orders with their days in another zone. */
export function rezoned(orders: readonly Order[], zone: string): readonly Order[] {
  return orders.map((order) => onItsDay(order, zone));
}

/** Whether an order counts: placed, not cancelled, not wholly given back. */
export function isNet(order: Order): boolean {
  return order.placed && !isUndone(order);
}

/** Whether an order was cancelled or wholly given back. */
export function isUndone(order: Order): boolean {
  return order.cancelled === true || isWhollyReturned(order);
}

/** What is paid in the end, minor units. */
export function netTotal(order: Order): number {
  const returned = order.items.map((item) => returnedOf(order, item) * item.price);
  return Math.max(0, order.total - returned.reduce((sum, price) => sum + price, 0));
}

/** Whether anything of a placed order came back. */
export function hasReturns(order: Order): boolean {
  return order.placed && order.refunded !== undefined;
}

/** The items that stayed with the customer. */
export function keptItems(order: Order): readonly OrderItem[] {
  return order.items.filter((item) => returnedOf(order, item) < item.quantity);
}

function isWhollyReturned(order: Order): boolean {
  if (order.refunded === 'whole') return true;
  return order.refunded !== undefined && order.items.length > 0 && keptItems(order).length === 0;
}

/** Pieces of an item that came back, at most what was bought. */
function returnedOf({ refunded }: Order, { sku, quantity }: OrderItem): number {
  if (refunded === 'whole') return quantity;
  return Math.min(quantity, refunded?.[sku] ?? 0);
}

function unplaced(id: string, at: number): Order {
  return { id, at, day: '', placed: false, total: 0, items: [] };
}

function onItsDay(order: Order, zone: string): Order {
  const day = new Date(order.at + offsetMs(order.at, zone)).toISOString().slice(0, 10);
  return day === order.day ? order : { ...order, day };
}

function amended(order: Order, { type, at, data = {} }: StoredEvent): Order {
  const known = order.placed ? order : { ...order, at: Math.min(order.at, at) };
  if (type === 'purchase') return placed(order, at, data);
  if (type === 'cancelled') return { ...known, cancelled: true };
  if (type === 'delivered') return { ...known, deliveredAt: earliest(order.deliveredAt, at) };
  return { ...known, refunded: refundedWith(order.refunded, data.items) };
}

/** A purchase reported again under the same order is a correction: the later counts. */
function placed(order: Order, at: number, { total = 0, currency, items = [] }: EventData): Order {
  const told = { at, total, ...(currency === undefined ? {} : { currency }), items };
  const { currency: _, ...kept } = order;
  const before = {
    at: order.at,
    total: order.total,
    ...(order.currency === undefined ? {} : { currency: order.currency }),
    items: order.items,
  };
  return order.placed && !replaces(told, before) ? order : { ...kept, ...told, placed: true };
}

/** Refunds of an order add up; without items it is the whole order. */
function refundedWith(
  refunded: Order['refunded'],
  items: readonly OrderItem[] | undefined,
): Order['refunded'] & {} {
  if (!items || refunded === 'whole') return 'whole';
  const pieces: Record<string, number> = { ...refunded };
  for (const { sku, quantity } of items) pieces[sku] = (pieces[sku] ?? 0) + quantity;
  return pieces;
}
