/** A value with the moment it was told, epoch milliseconds. */
type Dated = { readonly at: number };

/**
 * Whether what was told at one moment replaces what was told at another, in whatever order they arrive.
 *
 * The later wins. Of two told at the same moment the one whose JSON sorts last wins: arbitrary, but always the same.
 */
export function replaces<Told extends Dated>(told: Told, kept: Told | undefined): boolean {
  if (!kept || told.at !== kept.at) return !kept || told.at > kept.at;
  return JSON.stringify(told) > JSON.stringify(kept);
}

/** The earlier of two moments, either of which may be absent. */
export function earliest(a: number | undefined, b: number): number {
  return a === undefined ? b : Math.min(a, b);
}

/** The later of two moments, either of which may be absent. */
export function latest(a: number | undefined, b: number): number {
  return a === undefined ? b : Math.max(a, b);
}
