import type { Customer } from './customer.ts';
import { givenBy } from './earning.ts';
import type { StoredEvent } from './event.ts';
import { SPENT } from './loyalty-requests.ts';
import type { Membership, PointEntry } from './membership.ts';
import type { Playbook } from './playbook.ts';
import { expiryOf } from './point-times.ts';
import { amendedBy } from './points-of-orders.ts';

/** What an event meets: its customer with it folded in, their membership as before. */
export type Ground = {
  readonly customer: Customer;
  readonly event: StoredEvent;
  readonly playbook: Playbook;
};

/** What an event leaves: the membership, and the lines it adds to the ledger. */
export type Written = { readonly membership?: Membership; readonly entries: readonly PointEntry[] };

/**
 * Decides what an event does to a membership: joining, leaving, points.
 *
 * Call it once for each event, as `fold`; engine and simulation do. What an order earns follows from the order as it
 * is known, so it comes to the same in whatever order its events arrive.
 */
export function ledgerAfter(ground: Ground): Written {
  const membership = membershipAfter(ground);
  if (!membership?.joined) return { ...(membership && { membership }), entries: [] };

  const member = { ...ground, customer: { ...ground.customer, membership } };
  const entries = [...amendedBy(member, membership), ...givenBy(member, membership), ...taken(ground)];
  if (entries.length === 0) return { membership, entries };
  return { membership: { ...membership, entries: [...membership.entries, ...entries] }, entries };
}

/** The membership with what an event says of joining and leaving; the ledger stays. */
function membershipAfter({ customer: { membership }, event, playbook }: Ground): Membership | undefined {
  const { type, at, data = {}, acts } = event;
  const { loyalty } = playbook;
  if (type === 'membership') return moved(membership, data.change === 'join', at, String(data.terms ?? ''));
  const joins = type === 'purchase' && (acts || loyalty?.points?.history === true);
  if (!joins || loyalty?.joining !== 'automatic') return membership;
  return joinedSince(membership, at, loyalty.terms);
}

/** Whoever is a member stays so since when they are, and whoever is none leaves nothing. */
function moved(membership: Membership | undefined, joins: boolean, at: number, terms: string) {
  if (joins === (membership?.joined !== undefined)) return membership;
  const { joined: _, ...before } = membership ?? { entries: [] };
  return joins ? { ...before, joined: { at, terms } } : { ...before, left: at };
}

/** A member since this order or an earlier one; whoever left has to ask to join again. */
function joinedSince(membership: Membership | undefined, at: number, terms: string): Membership {
  const { joined, left, entries = [] } = membership ?? {};
  if (membership && left !== undefined) return membership;
  if (membership && joined && joined.at <= at) return membership;
  return { joined: { at, terms: joined?.terms ?? terms }, entries };
}

/** What an event of somebody's hand takes, or adds. */
function taken({ customer, event, playbook }: Ground): PointEntry[] {
  const { type, id, at, data = {} } = event;
  const { points, reason, by } = data;
  if (type !== 'points' || typeof points !== 'number' || typeof reason !== 'string') return [];
  const entry = { id, at, points, reason, ...(by !== undefined && { by }) };
  if (reason === SPENT) return [{ kind: 'spent', ...entry }];
  return [{ kind: 'corrected', ...entry, ...(points > 0 && expiryOf(at, customer, playbook)) }];
}
