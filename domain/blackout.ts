/** Local days in which no marketing leaves, both ends included: `2027-05-04`, or `12-25` for every year. */
export type Blackout = { readonly from: string; readonly to: string };

const DAY_MS = 86_400_000;

/** How far ahead an open day is looked for, days: longer than a year, so that a yearly blackout is passed. */
const HORIZON_DAYS = 400;

/** The length of `12-25`: a day of every year. */
const YEARLY = 5;

/** Whether a local calendar day, as days since 1970-01-01, lies in a blackout. */
export function isBlackout(day: number, blackouts: readonly Blackout[]): boolean {
  if (blackouts.length === 0) return false;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  return blackouts.some(({ from, to }) => {
    const on = from.length === YEARLY ? date.slice(5) : date;
    return from <= to ? on >= from && on <= to : on >= from || on <= to; // over the new year
  });
}

/** The first day from `day` on outside every blackout; where there is none, `day`. */
export function firstOutside(day: number, blackouts: readonly Blackout[]): number {
  for (let candidate = day; candidate < day + HORIZON_DAYS; candidate += 1) {
    if (!isBlackout(candidate, blackouts)) return candidate;
  }
  return day;
}
