import type { Filter, Span } from './playbook.ts';
import type { Tier } from './tier.ts';

/** The loyalty programme, as the playbook declares it (`domain/loyalty-terms.ts`). */
export type Loyalty = {
  /** The version of the terms that members agree to, as the shop calls it: `2026-11`. */
  readonly terms: string;
  /** Where they are to be read. */
  readonly termsUrl?: string;
  /** `automatic`: with the first order; `by-invitation`: when they, or the shop, say so. */
  readonly joining: 'automatic' | 'by-invitation';
  readonly points?: PointTerms;
  /** The lowest first. */
  readonly tiers?: readonly Tier[];
  /** How long a tier stays when the rolling year no longer comes to it; absent: three months. */
  readonly grace?: Span;
};

/** For what points are given, and how long they count. */
type PointTerms = {
  /** By name, which is also the reason that members see. */
  readonly earn: Readonly<Record<string, EarnRule>>;
  /** How long after its delivery the points of an order can be spent: when it can no longer go back. */
  readonly pendingFor: Span;
  /** How long after the order at the latest, as not every shop tells of deliveries. */
  readonly pendingAtMost: Span;
  /** To the end of the local month in which so much has passed since they were earned; absent: never. */
  readonly expireAfter?: Span;
  /** How long before points expire `points-expiring` happens. */
  readonly notice: Span;
  /** Whether history earns points too: imports, and what is told more than 48 hours late. */
  readonly history: boolean;
};

/** What earns points. */
export type EarnRule = {
  /** An event's type; `birthday` and `anniversary` too. */
  readonly on: string;
  readonly points: number;
  /** So many points for each such amount of an order, net; absent: once an event. */
  readonly per?: { readonly amount: number; readonly currency: string };
  /** Only events that say so in their data: `{ paid: true }`. */
  readonly where?: Readonly<Record<string, string | number | boolean>>;
  readonly when?: Filter;
  /** At most so many times in any so many days. */
  readonly most?: { readonly max: number; readonly days: number };
};
