import type { Customer } from '../../domain/customer.ts';
import type { Membership, PointEntry } from '../../domain/membership.ts';
import { aLadder, DAY, NOON } from './builders.ts';
import { aGuest } from './guests.ts';
import { aLoyalty } from './loyalty.ts';

const FREE = { kind: 'free-shipping', title: { nl: 'Gratis verzending', en: 'Free shipping' } } as const;

/** Two tiers, by one order and by three, with a right. */
export const TIERS = (aLadder({ silver: 1, gold: 3 }).tiers ?? []).map((tier) => ({
  ...tier,
  privileges: [FREE],
}));

/** A programme that customers join when they say so. */
export const BY_INVITATION = aLoyalty({}, { terms: '2026-06', joining: 'by-invitation', tiers: TIERS });

const EARNED: PointEntry = {
  ...{ kind: 'earned', id: 'e', at: NOON, points: 14, reason: 'orders', lot: 'o-1/orders', earnedAt: NOON },
  ...{ from: NOON, until: NOON + 400 * DAY },
};
export const JOINED: Membership = { joined: { at: NOON, terms: '2026-06' }, entries: [EARNED] };

/** A guest with one order; a member, where a membership is given. */
export function aBuyer(others: Partial<Customer> = {}): Customer {
  const guest = aGuest(others);
  const order = { id: 'o-1', at: NOON, day: '2026-06-01', placed: true, total: 1466, items: [] };
  return { ...guest, known: { ...guest.known, orders: [order] } };
}
