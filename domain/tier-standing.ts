import { zoneOf } from './contact-policy.ts';
import type { Customer } from './customer.ts';
import type { Privilege, Tier, TierFrom } from './tier.ts';
import { creditsFor, type Programme, tierCourseOf } from './tier-course.ts';
import { earnedAt, stepAfter, stepAt, type TierStep } from './tiers.ts';

/** A right they have now, and until when, epoch milliseconds, if nothing more is earned; absent: for good. */
export type Held = { readonly privilege: Privilege; readonly until?: number };

/** Where a member stands on the programme's ladder. */
export type TierStanding = {
  readonly tier?: Tier;
  /** When they reached it, epoch milliseconds. */
  readonly since?: number;
  /** When it goes if nothing more is earned, epoch milliseconds; absent: never. */
  readonly until?: number;
  /** The tier above, and what it takes yet. */
  readonly next?: { readonly tier: Tier; readonly needed: TierFrom };
  /** What it takes to keep the tier, to be earned before it goes. */
  readonly keep?: { readonly needed: TierFrom; readonly before: number };
  readonly privileges: readonly Held[];
};

/** Where a customer stands at a moment; of no member nothing. */
export function tierStandingAt(customer: Customer, playbook: Programme, at: number): TierStanding {
  if (!customer.membership?.joined || !playbook.loyalty?.tiers) return { privileges: [] };
  const steps = tierCourseOf(customer, playbook);
  const { tier, at: since } = stepAt(steps, at) ?? {};
  const goes = tier && stepAfter(steps, at);
  const next = tierAbove(tier, playbook.loyalty.tiers);
  return {
    ...(tier && since !== undefined && { tier, since }),
    ...(goes && { until: goes.at }),
    ...(next && { next: { tier: next, needed: neededFor(next, at) } }),
    ...(tier && goes && { keep: { needed: neededFor(tier, goes.at), before: goes.at } }),
    privileges: (tier?.privileges ?? []).map((privilege) => heldUntil(privilege, steps, at)),
  };

  function neededFor({ from }: Tier, then: number): TierFrom {
    const earned = earnedAt(creditsFor(customer, from), then, zoneOf(customer, playbook));
    return { ...from, amount: Math.max(0, from.amount - earned) };
  }
}

/** The tier to climb to; the lowest for who has none. */
function tierAbove(tier: Tier | undefined, ladder: readonly Tier[]): Tier | undefined {
  return ladder[ladder.findIndex(({ name }) => name === tier?.name) + 1];
}

/** A right stays for as long as the tiers to come have it, just as it is. */
function heldUntil(privilege: Privilege, steps: readonly TierStep[], at: number): Held {
  const end = steps.find((step) => step.at > at && !step.tier?.privileges.includes(privilege));
  return { privilege, ...(end && { until: end.at }) };
}
