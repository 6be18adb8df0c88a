import { describe, expect, it } from '@jest/globals';
import { tierStandingAt } from '../../domain/tier-standing.ts';
import { aCustomer, aLadder, aPlaybook, aPurchase, DAY, NOON } from '../support/builders.ts';

const FREE = { kind: 'free-shipping', title: { nl: 'Gratis verzending', en: 'Free shipping' } } as const;
const PRICE = { kind: 'member-price', off: 0.1, title: { nl: 'Ledenprijs', en: 'Member price' } } as const;
const LOYALTY = aLadder({ silver: 2, gold: 4 }, {});
const PLAYBOOK = aPlaybook([], {
  loyalty: {
    ...LOYALTY,
    tiers: (LOYALTY.tiers ?? []).map((tier) => ({
      ...tier,
      privileges: tier.name === 'gold' ? [PRICE, FREE] : [FREE],
    })),
  },
});
const MEMBERSHIP = { joined: { at: NOON, terms: '2026-06' }, entries: [] };
/** The standing of who bought so often, a day apart, ten days after the first order. */
function standingAfter(orders: number, others = {}) {
  const bought = Array.from({ length: orders }, (_, i) => aPurchase(i + 1, NOON + i * DAY));
  return tierStandingAt(aCustomer(bought, { membership: MEMBERSHIP, ...others }), PLAYBOOK, NOON + 10 * DAY);
}

describe('tierStandingAt', () => {
  it('tells who has no tier yet what the first takes', () => {
    expect(standingAfter(1)).toMatchObject({
      next: { tier: { name: 'silver' }, needed: { kind: 'orders', amount: 1 } },
      privileges: [],
    });
    expect(standingAfter(1).tier).toBeUndefined();
  });

  it('tells since when, until when, what the next takes and what keeps it', () => {
    const until = Date.parse('2027-09-01T10:00:00Z');

    expect(standingAfter(2)).toMatchObject({
      ...{ tier: { name: 'silver' }, since: NOON + DAY, until },
      next: { tier: { name: 'gold' }, needed: { kind: 'orders', amount: 2 } },
      keep: { needed: { kind: 'orders', amount: 2 }, before: until },
      privileges: [{ privilege: FREE, until }],
    });
  });

  it('tells of each right how long it stays, also where the tier below has it', () => {
    const { next, privileges } = standingAfter(4);

    expect(next).toBeUndefined();
    expect(privileges).toEqual([
      { privilege: PRICE, until: Date.parse('2027-09-01T10:00:00Z') },
      { privilege: FREE, until: Date.parse('2027-09-03T10:00:00Z') },
    ]);
  });

  it('is nothing for who is no member, whatever they bought', () => {
    expect(standingAfter(4, { membership: { entries: [] } })).toEqual({ privileges: [] });
  });
});
