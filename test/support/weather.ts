import type { Sending } from '../../domain/sending.ts';

/** What the mail server, or the worker, makes of one attempt. */
export type Fate = 'accepted' | 'rejected' | 'delayed' | 'unknown' | 'failed' | 'lost' | 'stopped';

/** How the world departs from a smooth one. */
export type Weather = {
  /** How late each wake is, milliseconds. */
  readonly lags?: readonly number[];
  /** What becomes of each attempt, in turn; else all are accepted. */
  readonly fates?: readonly Fate[];
  /** Endless in a time-lapse. */
  readonly grace?: number;
  /** Whether mail leaves, as decisions read it. */
  readonly sending?: Sending;
};

/** What comes at a turn, round and round; `usual` where nothing is said. */
export function inTurn<Item>(items: readonly Item[] | undefined, turn: number, usual: Item): Item {
  return items?.[turn % Math.max(1, items.length)] ?? usual;
}
