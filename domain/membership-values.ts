import type { Customer } from './customer.ts';
import { type Language, spokenTo } from './languages.ts';
import type { Playbook } from './playbook.ts';
import type { TierFrom } from './tier.ts';
import { tierStandingAt } from './tier-standing.ts';

/** A membership as a mail tells of it; names are in the language that the customer is written to in. */
export type MembershipValues = {
  /** Since when, epoch milliseconds; `null`: no member. */
  readonly joined: number | null;
  readonly tier: string | null;
  /** When the tier was reached, and when it goes if nothing more is earned; epoch milliseconds. */
  readonly since: number | null;
  readonly until: number | null;
  /** The tier above, and what it takes yet. */
  readonly next: string | null;
  readonly needed: NeededValues;
  /** What the rights of the tier are called. */
  readonly privileges: readonly string[];
};

/** Of these one is there, where there is a tier above. */
type NeededValues = {
  readonly points: number | null;
  readonly orders: number | null;
  /** Minor units of `currency`. */
  readonly spent: number | null;
  readonly currency: string | null;
};

const NO_NEED: NeededValues = { points: null, orders: null, spent: null, currency: null };

/** Of who is no member, and where there is no programme. */
export const NO_MEMBERSHIP: MembershipValues = {
  ...{ joined: null, tier: null, since: null, until: null, next: null },
  ...{ needed: NO_NEED, privileges: [] },
};

/** What a mail may tell a member. */
export function membershipValues(customer: Customer, playbook: Playbook, at: number): MembershipValues {
  const { joined } = customer.membership ?? {};
  if (!joined || !playbook.loyalty) return NO_MEMBERSHIP;
  const language: Language = spokenTo([customer.known.profile.locale, playbook.shop.locale]);
  const { tier, since, until, next, privileges } = tierStandingAt(customer, playbook, at);
  return {
    joined: joined.at,
    tier: tier?.title[language] ?? null,
    since: since ?? null,
    until: until ?? null,
    next: next?.tier.title[language] ?? null,
    needed: next ? neededValues(next.needed) : NO_NEED,
    privileges: privileges.map(({ privilege }) => privilege.title[language]),
  };
}

function neededValues(needed: TierFrom): NeededValues {
  const { kind, amount } = needed;
  return { ...NO_NEED, [kind]: amount, ...(needed.kind === 'spent' && { currency: needed.currency }) };
}
