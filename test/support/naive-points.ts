import { DateTime } from 'luxon';
import type { StoredEvent } from '../../domain/event.ts';

/** One single point: from when to when it can be spent, and whether it is gone. */
type Point = { readonly from: number; readonly until: number; gone: boolean };

const ZONE = 'Europe/Amsterdam';
const clock = (at: number) => DateTime.fromMillis(at, { zone: ZONE });

/**
 * A member's points by counting each one, from the events alone: orders at a point a euro, for two months to the end of
 * the month, 14 days after delivery and 45 after the order at the latest.
 *
 * @param events in the order of their time; the first order makes a member
 */
export function naively(events: readonly StoredEvent[], at: number) {
  const points = [...ordersIn(events).values()].flatMap((own) => pointsOf(own));
  const joined = Math.min(...events.filter(({ type }) => type === 'purchase').map((event) => event.at));
  const hands = events.filter((event) => event.type === 'points' && event.at >= joined);
  for (const { at: added, data } of hands) {
    if (Number(data?.points) > 0) points.push(...made(Number(data?.points), added, monthsOn(added)));
  }
  const owed = spend(points, hands, at);
  const left = points.filter(({ gone, until }) => !gone && until > at);
  const balance = left.filter(({ from }) => from <= at).length;
  return { balance, pending: left.length - balance, owed };
}

/** Goes over all moments, one after the other; answers what is owed in the end. */
function spend(points: readonly Point[], hands: readonly StoredEvent[], at: number): number {
  let owed = 0;
  const moments = [...points.map(({ from }) => from), ...hands.map((event) => event.at)];
  for (const moment of [...new Set(moments)].filter((one) => one <= at).sort((a, b) => a - b)) {
    for (const point of points.filter(({ from }) => from === moment).slice(0, owed)) {
      point.gone = true;
      owed -= 1;
    }
    for (const { data } of hands.filter((event) => event.at === moment && Number(event.data?.points) < 0)) {
      owed += take(points, -Number(data?.points), moment);
    }
  }
  return owed;
}

/** Takes so many of what expires first; answers how many were missing. */
function take(points: readonly Point[], count: number, at: number): number {
  const open = points
    .filter(({ from, until, gone }) => !gone && from <= at && until > at)
    .sort((one, other) => one.until - other.until || one.from - other.from);
  for (const point of open.slice(0, count)) point.gone = true;
  return Math.max(0, count - open.length);
}

function ordersIn(events: readonly StoredEvent[]): ReadonlyMap<string, StoredEvent[]> {
  return Map.groupBy(
    events.filter(({ data }) => data?.orderId !== undefined),
    ({ data }) => data?.orderId ?? '',
  );
}

function pointsOf(own: readonly StoredEvent[]): Point[] {
  const bought = own.find(({ type }) => type === 'purchase');
  const [item] = bought?.data?.items ?? [];
  if (!bought || !item) return [];
  const back = own.filter(({ type }) => type === 'refund');
  const isUndone = own.some(({ type, data }) => type === 'cancelled' || (type === 'refund' && !data?.items));
  const pieces = back.reduce((sum, { data }) => sum + (data?.items?.[0]?.quantity ?? 0), 0);
  if (isUndone || pieces >= item.quantity) return [];

  const paid = Number(bought.data?.total) - pieces * item.price;
  const delivered = own.find(({ type }) => type === 'delivered');
  const latest = clock(bought.at).plus({ days: 45 }).toMillis();
  const from = delivered ? Math.min(latest, clock(delivered.at).plus({ days: 14 }).toMillis()) : latest;
  return made(Math.floor(paid / 100), from, monthsOn(bought.at));
}

function made(count: number, from: number, until: number): Point[] {
  return Array.from({ length: count }, () => ({ from, until, gone: false }));
}

function monthsOn(at: number): number {
  return clock(at).plus({ months: 2 }).startOf('month').plus({ months: 1 }).toMillis();
}
