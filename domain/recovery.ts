import type { Order } from './customer.ts';
import { isNet } from './orders.ts';

const DAY_MS = 86_400_000;

/** How long after a resolution an order says that the customer came back for it. */
const ORDER_WITHIN_DAYS = 90;

type Scored = { readonly at: number; readonly score: number };

/** What came of a complaint that was resolved: did the customer stay, and what did they think then? */
export type Recovery = {
  /** The last score before the complaint, and the first after its resolution; 0–10. */
  readonly scoreBefore?: number;
  readonly scoreAfter?: number;
  /** The first order within 90 days of the resolution; it stands yet. */
  readonly order?: { readonly id: string; readonly at: number };
  /** Until when an order counts, epoch milliseconds; before that, without one, it is too early to tell. */
  readonly until: number;
  readonly came: 'ordered' | 'not' | 'too-early';
};

/**
 * Tells what came of a resolved complaint.
 *
 * @param about when it was made and resolved, epoch milliseconds
 * @param customer their orders, and their scores in the order of time
 */
export function recoveryOf(
  about: { readonly openedAt: number; readonly resolvedAt: number },
  customer: { readonly orders: readonly Order[]; readonly scores: readonly Scored[] },
  now: number,
): Recovery {
  const { openedAt, resolvedAt } = about;
  const until = resolvedAt + ORDER_WITHIN_DAYS * DAY_MS;
  const scoreBefore = customer.scores.findLast(({ at }) => at <= openedAt)?.score;
  const scoreAfter = customer.scores.find(({ at }) => at > resolvedAt)?.score;
  const [order] = customer.orders
    .filter((one) => isNet(one) && one.at > resolvedAt && one.at <= until)
    .sort((a, b) => a.at - b.at);
  return {
    ...(scoreBefore !== undefined && { scoreBefore }),
    ...(scoreAfter !== undefined && { scoreAfter }),
    ...(order && { order: { id: order.id, at: order.at } }),
    until,
    came: order ? 'ordered' : now < until ? 'too-early' : 'not',
  };
}

/** One resolved complaint as it is counted. */
export type Recovered = {
  /** As what it was resolved; absent: nobody said. */
  readonly resolution?: string | undefined;
  /** Whether its first answer, or its resolution, came in time. */
  readonly inTime: boolean;
  readonly recovery: Recovery;
};

/** What came of complaints that were resolved alike. */
export type RecoveryFigures = {
  readonly resolution: string;
  readonly cases: number;
  readonly inTime: number;
  readonly ordered: number;
  readonly tooEarly: number;
  /** Of those who scored both before and after. */
  readonly scored: number;
  /** Means of these, 0–10; null: there are none. */
  readonly scoreBefore: number | null;
  readonly scoreAfter: number | null;
};

const UNTOLD = 'untold';

/** Counts resolved complaints by what was done about them, the most frequent first. */
export function recoveryFigures(recovered: readonly Recovered[]): readonly RecoveryFigures[] {
  const groups = Map.groupBy(recovered, ({ resolution = UNTOLD }) => resolution);
  return [...groups]
    .map(([resolution, alike]) => figuresOf(resolution, alike))
    .sort((a, b) => b.cases - a.cases || (a.resolution < b.resolution ? -1 : 1));
}

function figuresOf(resolution: string, alike: readonly Recovered[]): RecoveryFigures {
  const count = (isOf: (one: Recovered) => boolean) => alike.filter(isOf).length;
  const both = alike.flatMap(({ recovery: { scoreBefore: before, scoreAfter: after } }) =>
    before === undefined || after === undefined ? [] : [{ before, after }],
  );
  return {
    resolution,
    cases: alike.length,
    inTime: count(({ inTime }) => inTime),
    ordered: count(({ recovery }) => recovery.came === 'ordered'),
    tooEarly: count(({ recovery }) => recovery.came === 'too-early'),
    scored: both.length,
    scoreBefore: meanOf(both.map(({ before }) => before)),
    scoreAfter: meanOf(both.map(({ after }) => after)),
  };
}

function meanOf(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  return Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 10) / 10;
}
