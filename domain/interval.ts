/** How many of how many. */
export type Share = { readonly count: number; readonly of: number };

/** A difference of two rates, with the bounds of its 95 % confidence interval; each from −1 to 1. */
export type Difference = { readonly difference: number; readonly low: number; readonly high: number };

/** The 0.975 quantile of the standard normal distribution: 2.5 % are left out on either side. */
const Z = 1.959_963_984_540_054;

/**
 * Returns the bounds of a rate, 0–1, with 95 % confidence: Wilson's score interval, without correction for continuity.
 *
 * `(2np + z² ± z √(z² + 4np(1 − p))) / 2(n + z²)`; of nothing at all it may be anything.
 *
 * @see E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209–212
 */
export function rateInterval({ count, of }: Share): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const square = Z ** 2;
  const middle = 2 * count + square;
  const reach = Z * Math.sqrt(square + 4 * count * (1 - count / of));
  const bound = (upTo: number) => Math.min(1, Math.max(0, upTo / (2 * (of + square))));
  return { low: bound(middle - reach), high: bound(middle + reach) };
}

/**
 * Returns how much higher one rate is than another, with 95 % confidence, where what is counted is independent:
 * Newcombe's hybrid of two score intervals, which keeps its word for small counts and for rates near 0 or 1, unlike
 * the textbook's `± 1.96 √(…)`.
 *
 * With `l`, `u` the bounds of each rate: low `d − √((p₁ − l₁)² + (u₂ − p₂)²)`, high `d + √((u₁ − p₁)² + (p₂ − l₂)²)`.
 *
 * @see R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
 * methods", Statistics in Medicine 17 (1998), 873–890, method 10
 */
export function differenceOf(one: Share, other: Share): Difference {
  const [p1, p2] = [rateOf(one), rateOf(other)];
  const [first, second] = [rateInterval(one), rateInterval(other)];
  const difference = p1 - p2;
  return {
    difference,
    low: difference - Math.hypot(p1 - first.low, second.high - p2),
    high: difference + Math.hypot(first.high - p1, p2 - second.low),
  };
}

/** With fewer of either kind a rate says little: 1 of 1 is no 100 %. */
const LEAST_OF_EITHER = 5;

/** Whether a rate says something by itself: enough did it, and enough did not. */
export function isTelling({ count, of }: Share): boolean {
  return count >= LEAST_OF_EITHER && of - count >= LEAST_OF_EITHER;
}

function rateOf({ count, of }: Share): number {
  return of === 0 ? 0.5 : count / of;
}
