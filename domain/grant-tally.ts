/** What was given by one touch, or without one, in one currency. */
export type GrantCount = {
  /** Absent: it was given without a mail of its own. */
  readonly touch?: string;
  readonly surprise: string;
  /** Absent: what was given has no price. */
  readonly currency?: string;
  /** The customer's, redeemed or not. */
  readonly given: number;
  readonly redeemed: number;
  /** Minor units of the currency: of all that was given, and of what was redeemed or sent. */
  readonly value: number;
  readonly cost: number;
};

/** What surprises cost, and how many were used; money in minor units, by currency. */
export type GrantFigures = {
  readonly given: number;
  readonly redeemed: number;
  /** Part of those given that was redeemed, 0–1; absent: none was given. */
  readonly share?: number;
  /** What it costs should all be used. */
  readonly value: Readonly<Record<string, number>>;
  /** What it has cost: gifts that have left, and all else that was redeemed. */
  readonly cost: Readonly<Record<string, number>>;
};

/** Adds counts up for each touch; what had none stands under its surprise, `surprise/<name>`. */
export function grantFigures(counts: readonly GrantCount[]): ReadonlyMap<string, GrantFigures> {
  const byTouch = Map.groupBy(counts, ({ touch, surprise }) => touch ?? `surprise/${surprise}`);
  return new Map([...byTouch].map(([touch, ofTouch]) => [touch, figuresOf(ofTouch)]));
}

function figuresOf(counts: readonly GrantCount[]): GrantFigures {
  const given = sum(counts.map((count) => count.given));
  const redeemed = sum(counts.map((count) => count.redeemed));
  return {
    ...{ given, redeemed },
    ...(given > 0 && { share: redeemed / given }),
    value: inCurrencies(counts, ({ value }) => value),
    cost: inCurrencies(counts, ({ cost }) => cost),
  };
}

function inCurrencies(counts: readonly GrantCount[], of: (count: GrantCount) => number) {
  const sums: Record<string, number> = {};
  for (const count of counts) {
    if (count.currency !== undefined) sums[count.currency] = (sums[count.currency] ?? 0) + of(count);
  }
  return sums;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
