/** How often each whole number was counted. */
export type Histogram = ReadonlyMap<number, number>;

/** What a histogram comes to; all 0 where nothing was counted. */
export type Distribution = {
  readonly mean: number;
  readonly median: number;
  /** By the nearest rank: 95 of 100 have at most so many. */
  readonly p95: number;
  readonly max: number;
};

/** Sums up a histogram. */
export function distributionOf(histogram: Histogram): Distribution {
  const counted = [...histogram].filter(([, times]) => times > 0).sort(([a], [b]) => a - b);
  const all = counted.reduce((sum, [, times]) => sum + times, 0);
  const total = counted.reduce((sum, [value, times]) => sum + value * times, 0);
  return {
    mean: all > 0 ? total / all : 0,
    median: ranked(counted, all * 0.5),
    p95: ranked(counted, all * 0.95),
    max: counted.at(-1)?.[0] ?? 0,
  };
}

/** The value at a rank, counted from the lowest. */
function ranked(counted: readonly (readonly [number, number])[], rank: number): number {
  let passed = 0;
  for (const [value, times] of counted) {
    passed += times;
    if (passed >= rank) return value;
  }
  return 0;
}

/** Counts a value once more, or so many times. */
export function count<Key>(counts: Map<Key, number>, key: Key, times = 1): void {
  if (times !== 0) counts.set(key, (counts.get(key) ?? 0) + times);
}
