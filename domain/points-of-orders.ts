import type { Customer, Order } from './customer.ts';
import type { StoredEvent } from './event.ts';
import type { Ground } from './ledger.ts';
import type { EarnRule } from './loyalty.ts';
import type { Earned, Membership } from './membership.ts';
import { isUndone, netTotal } from './orders.ts';
import { expiryOf, zoneFor } from './point-times.ts';
import { addSpan } from './span.ts';

/** Most points of one order: a slip of the shop's stays one that can be counted. */
const MOST = 1_000_000_000;

type Rate = NonNullable<Earned['rate']>;

/** The order that an event is about, as it is known with it. */
export function orderOf({ known }: Customer, { data }: StoredEvent): Order | undefined {
  return data?.orderId === undefined ? undefined : known.orders.find(({ id }) => id === data.orderId);
}

export function lotOfOrder(orderId: string, rule: string): string {
  return `order/${orderId}/${rule}`;
}

/** Whether points are those of an order. */
export function isOfOrder({ lot }: Earned): boolean {
  return lot.startsWith('order/');
}

/** What an order is worth by a rate: of what is kept and paid in the end; nothing once it is undone. */
export function worthOf(order: Order, { points, per }: Rate): number {
  if (!order.placed || isUndone(order)) return 0;
  return per === undefined ? points : Math.min(MOST, Math.floor((netTotal(order) * points) / per));
}

/** The rate of a rule; nothing where it counts in another currency than the order's. */
export function rateFor({ points, per }: EarnRule, { currency }: Order): Rate | undefined {
  if (!per) return { points };
  return per.currency === currency ? { points, per: per.amount } : undefined;
}

/**
 * From when on, and until when, what an order earned can be spent.
 *
 * The time counts from its delivery, when the right to withdraw begins to run (Directive 2011/83/EU, article 9); where
 * none is told, there is a latest moment that counts from the order. So a delivery that is told late takes nothing away.
 */
export function timesOf(order: Order, { customer, playbook }: Omit<Ground, 'event'>) {
  const zone = zoneFor(customer, playbook);
  const { pendingFor = {}, pendingAtMost = {} } = playbook.loyalty?.points ?? {};
  const latest = addSpan(order.at, pendingAtMost, zone);
  const from =
    order.deliveredAt === undefined
      ? latest
      : Math.min(latest, Math.max(order.at, addSpan(order.deliveredAt, pendingFor, zone)));
  return { earnedAt: order.at, from, ...expiryOf(order.at, customer, playbook) };
}

/** What is to be added to the lots of an order, so that they say again what the order is worth. */
export function amendedBy(ground: Ground, membership: Membership): Earned[] {
  const order = orderOf(ground.customer, ground.event);
  return order ? amendedFor(order, ground, membership) : [];
}

/** What is to be added to the lots of an order as it is known. */
export function amendedFor(order: Order, ground: Ground, { entries }: Membership): Earned[] {
  const start = lotOfOrder(order.id, '');
  const byLot = Map.groupBy(
    entries.filter((entry) => entry.kind === 'earned' && entry.lot.startsWith(start)).filter(isEarned),
    ({ lot }) => lot,
  );
  return [...byLot.values()].flatMap((lot) => amended(lot, order, ground));
}

function isEarned(entry: Membership['entries'][number]): entry is Earned {
  return entry.kind === 'earned';
}

function amended(lot: readonly Earned[], order: Order, ground: Ground): Earned[] {
  const [first, last] = [lot[0], lot.at(-1)];
  if (!first?.rate || !last) return [];
  const points = worthOf(order, first.rate) - lot.reduce((sum, entry) => sum + entry.points, 0);
  const { earnedAt, from, until } = last;
  const kept = { earnedAt, from, ...(until !== undefined && { until }) };
  const times = ground.playbook.loyalty?.points ? timesOf(order, ground) : kept;
  const isSame = times.earnedAt === earnedAt && times.from === from && times.until === until;
  if (points === 0 && isSame) return [];

  const { kind, reason, lot: id } = first;
  const entry = { id: `${ground.event.id}:${id}`, at: ground.event.at };
  return [{ kind, ...entry, points, reason, lot: id, ...times, rate: first.rate }];
}
