import type { Ground, Written } from './ledger.ts';
import type { Earned, Membership } from './membership.ts';
import { amendedFor, isOfOrder } from './points-of-orders.ts';

/**
 * The membership of one customer who was two: both ledgers, one after the other.
 *
 * Who left under either name has left; else they are members since they first were one. What both earned for the same,
 * an order or a birthday, counts once: the line that says so is the merger's.
 */
export function mergedMembership(
  older: Membership | undefined,
  younger: Membership | undefined,
  ground: Ground,
): Written {
  if (!older && !younger) return { entries: [] };
  const both = [older, younger].flatMap((one) => one ?? []);
  const united: Membership = { ...standingOf(both), entries: both.flatMap(({ entries }) => entries) };
  const orders = ground.customer.known.orders.flatMap((order) => amendedFor(order, ground, united));
  const entries = [...orders, ...doubled(both, ground)];
  return { membership: { ...united, entries: [...united.entries, ...entries] }, entries };
}

function standingOf(both: readonly Membership[]): Omit<Membership, 'entries'> {
  const left = Math.max(...both.map((one) => one.left ?? -Infinity));
  const leaves = left > -Infinity ? { left } : {};
  const since = both.flatMap(({ joined }) => joined ?? []).sort((one, other) => one.at - other.at);
  const rejoined = since.find(({ at }) => at >= left);
  return rejoined ? { joined: rejoined, ...leaves } : leaves;
}

/** Takes back what was earned twice under two names: the smaller of the two. */
function doubled([older, younger]: readonly Membership[], { event }: Ground): Earned[] {
  const [one, other] = [totalsOf(older), totalsOf(younger)];
  return [...other.values()].flatMap(({ last, points }) => {
    const twice = Math.min(points, one.get(last.lot)?.points ?? 0);
    if (twice === 0 || isOfOrder(last)) return [];
    return [{ ...last, id: `${event.id}:${last.lot}`, at: event.at, points: -twice }];
  });
}

function totalsOf(membership: Membership | undefined) {
  const lots = new Map<string, { readonly last: Earned; readonly points: number }>();
  for (const entry of membership?.entries ?? []) {
    if (entry.kind !== 'earned') continue;
    lots.set(entry.lot, { last: entry, points: entry.points + (lots.get(entry.lot)?.points ?? 0) });
  }
  return lots;
}
