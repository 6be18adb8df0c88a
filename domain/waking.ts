import { NO_COUNTS, type PublishingCounts } from './publishing-counts.ts';

/** How far the journeys inside are told of a version: kept with it, so that whoever dies half-way is followed. */
export type Waking = {
  /** Whether all journeys were gone over. */
  readonly isDone: boolean;
  /** The customer gone over last; empty before the first. */
  readonly after: string;
  /** What was found on the way: the preview again, as it came out. */
  readonly counts: PublishingCounts;
};

export const BEGUN: Waking = { isDone: false, after: '', counts: NO_COUNTS };

/** How the people inside are told of a version; `overtaken`: a newer one came before all were gone over. */
export type Telling = {
  readonly state: 'going-over' | 'waking' | 'done' | 'overtaken';
  /** People gone over. */
  readonly seen: number;
  /** Journeys to wake, as far as people were gone over. */
  readonly wakes: number;
  /** Those of them that were planned again. */
  readonly woken: number;
};

/**
 * How far a version is told.
 *
 * @param pending journeys that are yet to be planned again
 */
export function tellingOf(
  waking: Waking | undefined,
  { pending, isNewest }: { readonly pending: number; readonly isNewest: boolean },
): Telling {
  const { isDone = true, counts = NO_COUNTS } = waking ?? {};
  const told = { seen: counts.journeys, wakes: counts.wakes, woken: Math.max(0, counts.wakes - pending) };
  if (!isDone) return { state: isNewest ? 'going-over' : 'overtaken', ...told };
  return { state: pending > 0 ? 'waking' : 'done', ...told };
}
