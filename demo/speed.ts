/** Logical milliseconds of one on the wall: 140 days in 80 seconds. */
const FASTEST = 150_000;

/** So many customers are played at the fastest: two small cores keep up with their busiest days. */
const FEW = 60;

/**
 * How fast a play of so many customers runs: more of them need more time, or the engine would only lag.
 *
 * @param named what the environment names, for a machine that is slower or faster
 */
export function speedFor(customers: number, named = process.env.RAPPORT_SPEED): number {
  return Number(named) > 1 ? Number(named) : Math.round(FASTEST * Math.min(1, FEW / customers));
}
