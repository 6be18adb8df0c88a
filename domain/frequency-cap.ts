/** At most `max` marketing sends in any `days` consecutive calendar days of the customer's zone. */
export type FrequencyCap = { readonly max: number; readonly days: number };

/** How far ahead a free place is looked for, days; beyond it nothing is planned. */
const HORIZON_DAYS = 400;

/**
 * The first calendar day from `day` on at which one more send keeps every cap.
 *
 * @param taken the days (`dayNumber`) of the sends that hold a place, past and planned, in any order
 */
export function firstUncapped(taken: readonly number[], caps: readonly FrequencyCap[], day: number): number {
  for (let candidate = day; candidate < day + HORIZON_DAYS; candidate += 1) {
    if (caps.every((cap) => hasRoom(taken, cap, candidate))) return candidate;
  }
  return day + HORIZON_DAYS;
}

/** Whether each window of the cap that holds `day` has a place left. */
function hasRoom(taken: readonly number[], { max, days }: FrequencyCap, day: number): boolean {
  const near = taken.filter((other) => Math.abs(other - day) < days);
  if (near.length < max) return true;

  for (let start = day - days + 1; start <= day; start += 1) {
    const inWindow = near.filter((other) => other >= start && other < start + days).length;
    if (inWindow >= max) return false;
  }
  return true;
}
