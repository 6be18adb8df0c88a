import { type Difference, differenceOf, type Share } from './interval.ts';

/** Customers whose seven days are over, and how many of them ordered in these. */
type Ordering = { readonly customers: number; readonly ordered: number };

/** Who got a mail, beside who would have got it but for the holdout. */
export type Arms = { readonly treated: Ordering; readonly holdout: Ordering };

/**
 * What the mails did to orders: `no-holdout` and `too-few` cannot be told, `undecided` may yet be either; only `more`
 * and `fewer` are findings.
 */
export type Uplift =
  | { readonly kind: 'no-holdout' | 'too-few' }
  | ({ readonly kind: 'undecided' | 'more' | 'fewer' } & Difference);

/** With fewer expected in a cell of the two-by-two table nothing is said (Cochran, Biometrics 10 (1954), 417–451). */
const LEAST_EXPECTED = 5;

/**
 * Tells how many more of those who got a mail ordered, as a difference of rates, or that it is too early to tell.
 *
 * Each customer counts once, so that what is counted is independent.
 */
export function upliftOf({ treated, holdout }: Arms): Uplift {
  if (holdout.customers === 0) return { kind: 'no-holdout' };
  if (leastExpected(treated, holdout) < LEAST_EXPECTED) return { kind: 'too-few' };
  const found = differenceOf(shareOf(treated), shareOf(holdout));
  if (found.low > 0) return { kind: 'more', ...found };
  return { kind: found.high < 0 ? 'fewer' : 'undecided', ...found };
}

/** The smallest of the four counts there would be if the mails did nothing. */
function leastExpected(treated: Ordering, holdout: Ordering): number {
  const all = treated.customers + holdout.customers;
  const ordered = treated.ordered + holdout.ordered;
  return (Math.min(treated.customers, holdout.customers) * Math.min(ordered, all - ordered)) / all;
}

function shareOf({ customers, ordered }: Ordering): Share {
  return { count: ordered, of: customers };
}
