import { dayNumber, onDay } from './local-time.ts';
import type { Span } from './playbook.ts';
import { addSpan } from './span.ts';
import type { Budget } from './surprise.ts';

/** A Monday, and the first of a month, a quarter and a year: periods of each count from it. */
const ANCHOR = '2018-01-01';

/** One of the periods that a budget is given for. */
export type Period = {
  /** Its first local day, `2026-11-01`. */
  readonly id: string;
  /** Epoch milliseconds; until then, exclusively. */
  readonly from: number;
  readonly until: number;
};

/**
 * The period that a moment is in: months and years of the calendar, weeks from Monday on, others counted from 2018 on.
 *
 * @param zone the shop's
 */
export function periodAt(per: Span, at: number, zone: string): Period {
  const start = onDay(Date.parse(ANCHOR) / 86_400_000, 0, zone);
  const length = addSpan(start, per, zone) - start;
  const nth = (n: number) => addSpan(start, times(per, n), zone);
  let n = Math.max(0, Math.floor((at - start) / length) - 1);
  while (nth(n) > at && n > 0) n -= 1;
  while (nth(n + 1) <= at) n += 1;
  const from = nth(n);
  return {
    id: new Date(dayNumber(from, zone) * 86_400_000).toISOString().slice(0, 10),
    from,
    until: nth(n + 1),
  };
}

function times(span: Span, n: number): Span {
  return Object.fromEntries(Object.entries(span).map(([unit, count]) => [unit, count * n]));
}

/** What a budget has at a moment. */
export type Room = Period & {
  /** Of a tier with a budget of its own. */
  readonly tier?: string;
  /** For the whole period. */
  readonly amount: number;
  /** Up to today. */
  readonly today: number;
};

/** Whose budget, and when; `ahead`: a person chose to give it, and need not wait for its day. */
export type Asking = {
  readonly tier: string | null;
  readonly at: number;
  /** The shop's. */
  readonly zone: string;
  readonly ahead?: boolean;
};

/** What a budget has for a customer of a tier, at a moment. */
export function roomIn(budget: Budget, { tier, at, zone, ahead = false }: Asking): Room {
  const period = periodAt(budget.per, at, zone);
  const own = tier === null ? undefined : budget.perTier?.[tier];
  const amount = own ?? budget.amount;
  const today = budget.spread && !ahead ? paced(amount, period, dayNumber(at, zone), zone) : amount;
  return { ...period, amount, today, ...(own !== undefined && tier !== null && { tier }) };
}

/** What may be given up to the end of a day: as much of the whole as of the days. */
function paced(amount: number, { from, until }: Period, day: number, zone: string): number {
  const first = dayNumber(from, zone);
  const days = Math.max(1, dayNumber(until - 1, zone) - first + 1);
  return Math.floor((amount * Math.min(days, day - first + 1)) / days);
}

/** Whether a budget has a grant to give: now, from a later day of the period on, or not in this period. */
export type Verdict =
  | { readonly kind: 'free' }
  | { readonly kind: 'later'; readonly until: number }
  | { readonly kind: 'spent' };

/**
 * Tells whether a grant fits into what a budget has left.
 *
 * @param spent in the period so far
 * @returns with `later`, the beginning of the first of the shop's days that has room
 */
export function verdictOn(spent: number, cost: number, room: Room, zone: string): Verdict {
  if (spent + cost <= room.today) return { kind: 'free' };
  if (spent + cost > room.amount) return { kind: 'spent' };
  const first = dayNumber(room.from, zone);
  const last = dayNumber(room.until - 1, zone);
  const days = last - first + 1;
  const nth = Math.ceil(((spent + cost) * days) / room.amount);
  return { kind: 'later', until: onDay(Math.min(last, first + nth - 1), 0, zone) };
}
