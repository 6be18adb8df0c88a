import type { Span } from './playbook.ts';
import { addSpan } from './span.ts';
import type { Tier, TierFrom } from './tier.ts';

/** What counts towards a tier: so much, from `at` on, for a year. */
export type Credit = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Points, minor units of money, or orders: what the tier counts. */
  readonly amount: number;
};

/** What tiers are counted from. */
export type TierGround = {
  /** When they became a member, epoch milliseconds: nobody has a tier before. */
  readonly joinedAt: number;
  /** In any order. */
  readonly creditsFor: (from: TierFrom) => readonly Credit[];
  readonly zone: string;
  /** The lowest first. */
  readonly tiers: readonly Tier[];
  /** How long a tier stays when the rolling year no longer comes to it. */
  readonly grace: Span;
};

/** From `at` on, until the next step: this tier, or none. */
export type TierStep = { readonly at: number; readonly tier: Tier | undefined };

/** For how long what was earned counts. */
const YEAR: Span = { years: 1 };

/** From the first moment on, until just before the second. */
type Stretch = { readonly from: number; readonly to: number };

/**
 * The whole course of a member's tiers, the past and what is to come if nothing more is earned.
 *
 * A tier is held from the moment the rolling year comes to it until `grace` after it no longer does. What was taken
 * back never counted, so whatever order events come in, and however often they are heard, the steps are the same.
 */
export function tierSteps(ground: TierGround): readonly TierStep[] {
  const held = ground.tiers.map((tier) => ({ tier, stretches: heldStretches(tier, ground) }));
  const borders = held.flatMap(({ stretches }) => stretches.flatMap(({ from, to }) => [from, to]));
  const moments = [...new Set(borders)].filter(Number.isFinite).sort((a, b) => a - b);
  return moments
    .map((at) => ({ at, tier: held.findLast(({ stretches }) => stretches.some(holds(at)))?.tier }))
    .filter(({ tier }, i, steps) => tier?.name !== steps[i - 1]?.tier?.name);
}

/** The step a member is on; undefined before they have had any tier. */
export function stepAt(steps: readonly TierStep[], at: number): TierStep | undefined {
  return steps.findLast((step) => step.at <= at);
}

/** The next step that comes by time alone; undefined: what they have stays. */
export function stepAfter(steps: readonly TierStep[], at: number): TierStep | undefined {
  return steps.find((step) => step.at > at);
}

/** What the rolling year comes to at a moment. */
export function earnedAt(credits: readonly Credit[], at: number, zone: string): number {
  return credits
    .filter((credit) => credit.at <= at && addSpan(credit.at, YEAR, zone) > at)
    .reduce((sum, { amount }) => sum + amount, 0);
}

function holds(at: number) {
  return ({ from, to }: Stretch): boolean => from <= at && at < to;
}

/** When a tier is held by itself, grace included, from joining on; stretches may overlap. */
function heldStretches({ from }: Tier, ground: TierGround): readonly Stretch[] {
  const { joinedAt, zone, grace } = ground;
  return qualified(ground.creditsFor(from), from.amount, zone)
    .filter(({ to }) => to > joinedAt)
    .map((stretch) => ({
      from: Math.max(stretch.from, joinedAt),
      to: stretch.to < Infinity ? addSpan(stretch.to, grace, zone) : Infinity,
    }));
}

/** When the rolling year comes to at least `needed`. */
function qualified(credits: readonly Credit[], needed: number, zone: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [earned, since] = [0, -Infinity];
  for (const { at, amount } of [...changesOf(credits, zone), { at: Infinity, amount: 0 }]) {
    const last = stretches.at(-1);
    if (earned >= needed && last?.to === since) stretches.splice(-1, 1, { from: last.from, to: at });
    else if (earned >= needed) stretches.push({ from: since, to: at });
    [earned, since] = [earned + amount, at];
  }
  return stretches;
}

/** What the rolling year gains and loses, in order; at one moment together. */
function changesOf(credits: readonly Credit[], zone: string): readonly Credit[] {
  const changes = new Map<number, number>();
  const add = (at: number, amount: number) => changes.set(at, (changes.get(at) ?? 0) + amount);
  for (const { at, amount } of credits) {
    add(at, amount);
    add(addSpan(at, YEAR, zone), -amount);
  }
  return [...changes].map(([at, amount]) => ({ at, amount })).sort((a, b) => a.at - b.at);
}
