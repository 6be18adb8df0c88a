import { describe, expect, it } from '@jest/globals';
import { membershipValues, NO_MEMBERSHIP } from '../../domain/membership-values.ts';
import { aCustomer, aLadder, anEvent, aPlaybook, aPurchase, DAY, NOON } from '../support/builders.ts';

const PLAYBOOK = aPlaybook([], { loyalty: aLadder({ silver: 1, gold: 3 }) });
const membership = { joined: { at: NOON, terms: '2026-06' }, entries: [] };

/** What is told a day after to who bought once, and is written to in a language. */
function toldIn(locale: string, others: object = { membership }) {
  const told = anEvent({ type: 'profile', n: 2, customer: { locale } });
  return membershipValues(aCustomer([aPurchase(1), told], others), PLAYBOOK, NOON + DAY);
}

describe('membershipValues', () => {
  it('tells tier, what the next takes and until when, in the language that the customer is written to in', () => {
    expect(toldIn('en-GB')).toEqual({
      ...{ joined: NOON, tier: 'Tier silver', next: 'Tier gold', privileges: [] },
      ...{ since: NOON, until: Date.parse('2027-09-01T10:00:00Z') },
      needed: { points: null, orders: 2, spent: null, currency: null },
    });
    expect(toldIn('de-DE').tier).toBe('Trede silver'); // the shop's
  });

  it('tells money with its currency', () => {
    const title = { nl: 'Rijk', en: 'Rich' };
    const from = { kind: 'spent', amount: 9_000, currency: 'EUR' } as const;
    const tiers = [{ name: 'rich', title, from, privileges: [] }];
    const rich = aPlaybook([], { loyalty: aLadder({}, { tiers }) });

    const told = membershipValues(aCustomer([aPurchase(1)], { membership }), rich, NOON + DAY);

    expect(told).toMatchObject({ tier: null, needed: { spent: 9_000 - 1466, currency: 'EUR' } });
  });

  it('is nothing for who is no member', () => {
    expect(toldIn('nl', { membership: { entries: [] } })).toEqual(NO_MEMBERSHIP);
  });
});
