import type { Filter, Playbook, Span, Touch } from './playbook.ts';

/** What can be given unannounced. */
export const SURPRISE_KINDS = [
  'gift',
  'coupon',
  'credit',
  'upgrade',
  'trial',
  'trade-in',
  'extended-warranty',
  'buy-one-get-one',
  'event-invitation',
] as const;

export type SurpriseKind = (typeof SURPRISE_KINDS)[number];

/** An unannounced gift as the playbook declares it; one customer's receipt of it is a grant. */
export type Surprise = {
  readonly name: string;
  readonly kind: SurpriseKind;
  /** What it is called in a mail. */
  readonly title?: { readonly nl: string; readonly en: string };
  /** What one costs the shop, in minor units. */
  readonly value?: { readonly amount: number; readonly currency: string };
  readonly budget?: Budget;
  /** At most one in so long to a customer, whatever touch it came with. */
  readonly oncePer?: Span;
  /** At most so many to a customer, ever. */
  readonly most?: number;
  /** How long it may be redeemed, from when it was given. */
  readonly expires?: Span;
  /** The pool of uploaded codes that it gives from; absent: codes are generated. */
  readonly pool?: string;
  /** Who may get it at all, whatever touch it comes with. */
  readonly when?: Filter;
};

/** How much may be given in a period; amounts are minor units, or numbers of grants. */
export type Budget = {
  readonly counts: 'money' | 'grants';
  readonly amount: number;
  readonly per: Span;
  /** Whether each day has its part: what a day leaves is the next day's. */
  readonly spread: boolean;
  /** Tiers with a budget of their own, beside everybody else's. */
  readonly perTier?: Readonly<Record<string, number>>;
};

/** What a touch gives, if it gives anything that its playbook declares. */
export function surpriseOf(
  { surprise }: Pick<Touch, 'surprise'>,
  { surprises }: Playbook,
): Surprise | undefined {
  return surprise === undefined ? undefined : surprises?.[surprise];
}

/** What one grant takes out of its budget: money, or one. */
export function costOf({ value, budget }: Surprise): number {
  return budget?.counts === 'money' ? (value?.amount ?? 0) : 1;
}

/** Whether a grant carries a code to redeem it by: a gift is sent, all else is asked for. */
export function hasCode({ kind, pool }: Surprise): boolean {
  return kind !== 'gift' || pool !== undefined;
}
