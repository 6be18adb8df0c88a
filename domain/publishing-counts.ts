import type { Phase } from './phases.ts';
import { FATES, type Fate, type JourneyReplanned, type Replanned } from './publishing.ts';

/** How many examples a touch or a move is shown with. */
const MOST_EXAMPLES = 5;

/** What publishing makes of the journeys of a shop, in numbers. */
export type PublishingCounts = {
  /** The journeys under way. */
  readonly journeys: number;
  /** Those whose next moment changes. */
  readonly wakes: number;
  /** By the touch's name. */
  readonly touches: readonly TouchCounts[];
  readonly moves: readonly MoveCount[];
};

/** What becomes of a touch's appointments. */
type TouchCounts = Readonly<Record<Fate, number>> & {
  readonly touch: string;
  /** Some of those that do not stay as they are, the first by customer. */
  readonly examples: readonly (Omit<Replanned, 'touch'> & { readonly customerId: string })[];
};

/** People who move from phase to phase. */
type MoveCount = {
  readonly from: Phase;
  readonly to: Phase;
  readonly count: number;
  readonly examples: readonly string[];
};

export const NO_COUNTS: PublishingCounts = { journeys: 0, wakes: 0, touches: [], moves: [] };

/** Counts a page of journeys. */
export function countsOf(page: readonly JourneyReplanned[]): PublishingCounts {
  const rows = page.flatMap(({ customerId, appointments }) => {
    return appointments.map((appointment) => ({ ...appointment, customerId }));
  });
  const movers = page.flatMap(({ customerId, moves }) => (moves ? [{ ...moves, customerId }] : []));
  const byTouch = Map.groupBy(rows, ({ touch }) => touch);
  const byMove = Map.groupBy(movers, ({ from, to }) => `${from} ${to}`);
  return {
    journeys: page.length,
    wakes: page.filter(({ wakes }) => wakes).length,
    touches: [...byTouch].map(([touch, of]) => touchCounts(touch, of)).sort(byName),
    moves: [...byMove.values()].flatMap(moveCount),
  };
}

function touchCounts(
  touch: string,
  rows: readonly (Replanned & { readonly customerId: string })[],
): TouchCounts {
  const count = (fate: Fate) => rows.filter(({ became }) => became === fate).length;
  const [kept, earlier, later, dropped, added] = FATES;
  const changed = rows.filter(({ became }) => became !== kept).slice(0, MOST_EXAMPLES);
  return {
    touch,
    kept: count(kept),
    earlier: count(earlier),
    later: count(later),
    dropped: count(dropped),
    added: count(added),
    examples: changed.map(({ touch: _, ...example }) => example),
  };
}

function moveCount(
  movers: readonly { readonly from: Phase; readonly to: Phase; readonly customerId: string }[],
): MoveCount[] {
  const [first] = movers;
  if (!first) return [];
  const examples = movers.slice(0, MOST_EXAMPLES).map(({ customerId }) => customerId);
  return [{ from: first.from, to: first.to, count: movers.length, examples }];
}

/** The counts of two pages together. */
export function sumOf(a: PublishingCounts, b: PublishingCounts): PublishingCounts {
  const touches = Map.groupBy([...a.touches, ...b.touches], ({ touch }) => touch);
  const moves = Map.groupBy([...a.moves, ...b.moves], ({ from, to }) => `${from} ${to}`);
  return {
    journeys: a.journeys + b.journeys,
    wakes: a.wakes + b.wakes,
    touches: [...touches.values()].map((both) => both.reduce(addTouches)).sort(byName),
    moves: [...moves.values()].map((both) => both.reduce(addMoves)),
  };
}

function addTouches(a: TouchCounts, b: TouchCounts): TouchCounts {
  return {
    touch: a.touch,
    kept: a.kept + b.kept,
    earlier: a.earlier + b.earlier,
    later: a.later + b.later,
    dropped: a.dropped + b.dropped,
    added: a.added + b.added,
    examples: [...a.examples, ...b.examples].slice(0, MOST_EXAMPLES),
  };
}

function addMoves(a: MoveCount, b: MoveCount): MoveCount {
  return { ...a, count: a.count + b.count, examples: [...a.examples, ...b.examples].slice(0, MOST_EXAMPLES) };
}

function byName(a: { readonly touch: string }, b: { readonly touch: string }): number {
  return a.touch < b.touch ? -1 : 1;
}
