import type { Span } from './playbook.ts';

/** A text in each language that Rapport speaks. */
export type InWords = { readonly nl: string; readonly en: string };

/** What a tier takes, counted over the rolling year of what was earned, less what was taken back. */
export type TierFrom =
  | { readonly kind: 'points'; readonly amount: number }
  /** Minor units of `currency`; orders in another count nothing. */
  | { readonly kind: 'spent'; readonly amount: number; readonly currency: string }
  | { readonly kind: 'orders'; readonly amount: number };

/** A sum of money: minor units. */
export type Sum = { readonly amount: number; readonly currency: string };

/** The kinds of standing rights, in the order in which they are shown. */
export const PRIVILEGES = [
  'member-price',
  'early-access',
  'free-shipping',
  'longer-warranty',
  'service-line',
  'event-invitation',
] as const;

/** A standing right of a tier: what the shop's checkout, its people and its mails may promise. */
export type Privilege = { readonly title: InWords } & (
  | { readonly kind: 'early-access'; readonly ahead?: Span }
  | { readonly kind: 'event-invitation' }
  /** `from`: of orders that come to so much; absent: of all. */
  | { readonly kind: 'free-shipping'; readonly from?: Sum }
  | { readonly kind: 'longer-warranty'; readonly by: Span }
  /** `off`: share of the price, 0–1. */
  | { readonly kind: 'member-price'; readonly off: number }
  | { readonly kind: 'service-line'; readonly phone?: string; readonly email?: string }
);

/** One step of the programme's ladder. */
export type Tier = {
  readonly name: string;
  readonly title: InWords;
  readonly from: TierFrom;
  /** Its own, and those of the tiers below that it does not make better. */
  readonly privileges: readonly Privilege[];
};
