/** At most `max` marketing sends in any `days` consecutive calendar days of the customer's zone. */
export type FrequencyCap = { readonly max: number; readonly days: number };

/** The days that some sends have taken, and the caps that count them. */
export type Taken = { readonly days: readonly number[]; readonly caps: readonly FrequencyCap[] };

/** How far ahead a free place is looked for, days; beyond it nothing is planned. */
const HORIZON_DAYS = 400;

/**
 * The first calendar day from `day` on at which one more send keeps every cap.
 *
 * @param taken the days (`dayNumber`) of the sends that hold a place, past and planned, in any order
 */
export function firstUncapped(taken: readonly number[], caps: readonly FrequencyCap[], day: number): number {
  return firstFree([{ days: taken, caps }], day);
}

/** The same, where several kinds of sends are counted apart. */
export function firstFree(taken: readonly Taken[], day: number): number {
  for (let candidate = day; candidate < day + HORIZON_DAYS; candidate += 1) {
    if (taken.every(({ days, caps }) => caps.every((cap) => hasRoom(days, cap, candidate)))) return candidate;
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
