import type { Membership, PointEntry } from './membership.ts';
import { remembered } from './remembered.ts';

/** What one order, review or correction gave, as it is now. */
export type Lot = {
  readonly id: string;
  readonly points: number;
  /** Why: the rule's name, or the words of whoever corrected it. */
  readonly reason: string;
  /** Epoch milliseconds, as all moments here. */
  readonly earnedAt: number;
  readonly from: number;
  /** Infinity: it never expires. */
  readonly until: number;
};

/** Points that expire together. */
type Expiring = { readonly at: number; readonly points: number };

/** A member's points at a moment. */
export type Standing = {
  /** To spend now; never negative. */
  readonly balance: number;
  /** Earned, and not to be spent yet. */
  readonly pending: number;
  /** Taken back beyond what there was: the next points make up for it. */
  readonly owed: number;
  /** What of the balance, and of what is pending, expires when unless it is spent: the first to go first. */
  readonly expiring: readonly Expiring[];
};

const NO_POINTS: Standing = { balance: 0, pending: 0, owed: 0, expiring: [] };

/**
 * A member's points at a moment, from the whole ledger as it is known now; of no member none.
 *
 * Whatever is taken is taken from what expires first. What is taken beyond the balance is owed, and paid by the next
 * points that can be spent. A lot counts with what is left of its order, from its beginning on: so the balance does
 * not depend on the order in which events came.
 */
export function standingAt(membership: Membership | undefined, at: number): Standing {
  if (!membership?.joined) return NO_POINTS;
  const asked = lastAsked(membership);
  if (asked.at !== at) Object.assign(asked, { at, standing: reckoned(membership, at) });
  return asked.standing;
}

/** A decision asks for the same moment many times. */
const lastAsked = remembered((_: Membership): { at: number; standing: Standing } => {
  return { at: Number.NaN, standing: NO_POINTS };
});

function reckoned(membership: Membership, at: number): Standing {
  const { lots, steps } = ledgerOf(membership);
  const purse = new Purse();
  for (const step of steps) {
    if (step.at > at) break;
    if (step.lot) purse.put(step.lot);
    else purse.take(step.points, step.at);
  }
  const open = purse.left(at);
  const pending = lots.filter(({ from }) => from > at);
  return {
    balance: sumOf(open),
    pending: sumOf(pending),
    owed: purse.owed,
    expiring: expiringOf([...open, ...pending]),
  };
}

/** The lots of a member since they joined, those that came to nothing left out. */
export function lotsOf(membership: Membership): readonly Lot[] {
  return ledgerOf(membership).lots;
}

/** A moment at which the purse changes: a lot can be spent from then on, or so many points are taken. */
type Step =
  | { readonly at: number; readonly lot: Lot }
  | { readonly at: number; readonly lot?: never; readonly points: number };

const ledgerOf = remembered(({ joined, entries }: Membership) => {
  const since = joined?.at ?? Infinity;
  const lots = [...gathered(entries).values()].filter(
    ({ points, earnedAt, from, until }) => points > 0 && earnedAt >= since && from < until,
  );
  const taken = entries.filter(({ kind, points, at }) => kind !== 'earned' && points < 0 && at >= since);
  const steps: Step[] = [
    ...lots.map((lot) => ({ at: lot.from, lot })),
    ...taken.map(({ at, points }) => ({ at, points: -points })),
  ];
  return { lots, steps: steps.sort(inTime) };
});

/** At the same moment points come before they are spent. */
function inTime(one: Step, other: Step): number {
  return one.at - other.at || Number(!one.lot) - Number(!other.lot) || compare(one.lot?.id, other.lot?.id);
}

/** The lots by id: the points of their entries added up, their times those of the last. */
function gathered(entries: readonly PointEntry[]): ReadonlyMap<string, Lot> {
  const lots = new Map<string, Lot>();
  for (const entry of entries) {
    const lot = lotOf(entry);
    if (lot) lots.set(lot.id, { ...lot, points: lot.points + (lots.get(lot.id)?.points ?? 0) });
  }
  return lots;
}

/** What an entry says of its lot; nothing where it takes. */
function lotOf(entry: PointEntry): Lot | undefined {
  const { points, reason, until = Infinity } = entry;
  if (entry.kind === 'earned') {
    const { lot: id, earnedAt, from } = entry;
    return { id, points, reason, earnedAt, from, until };
  }
  return points > 0 ? { id: entry.id, points, reason, earnedAt: entry.at, from: entry.at, until } : undefined;
}

type Left = { readonly lot: Lot; points: number };

/** Lots that can be spent, and what is left of each. */
class Purse {
  readonly #lots: Left[] = [];
  owed = 0;

  /** Puts a lot in; what is owed is paid from it first. */
  put(lot: Lot): void {
    const paid = Math.min(this.owed, lot.points);
    this.owed -= paid;
    this.#lots.push({ lot, points: lot.points - paid });
  }

  /** Takes points from what expires first; what is not there is owed. */
  take(points: number, at: number): void {
    let rest = points;
    const open = this.#lots.filter((one) => one.points > 0 && one.lot.until > at);
    for (const one of open.sort((a, b) => order(a.lot, b.lot))) {
      const taken = Math.min(rest, one.points);
      one.points -= taken;
      rest -= taken;
    }
    this.owed += rest;
  }

  /** What can be spent at a moment. */
  left(at: number): readonly (Expiring & { readonly until: number })[] {
    return this.#lots
      .filter(({ lot, points }) => lot.until > at && points > 0)
      .map(({ lot: { until }, points }) => ({ at: until, until, points }));
  }
}

function order(one: Lot, other: Lot): number {
  if (one.until !== other.until) return one.until < other.until ? -1 : 1;
  return one.from - other.from || compare(one.id, other.id);
}

function expiringOf(left: readonly { readonly until: number; readonly points: number }[]): Expiring[] {
  const byMoment = new Map<number, number>();
  for (const { until, points } of left) {
    if (until < Infinity) byMoment.set(until, (byMoment.get(until) ?? 0) + points);
  }
  return [...byMoment].map(([at, points]) => ({ at, points })).sort((one, other) => one.at - other.at);
}

function sumOf(parts: readonly { readonly points: number }[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : Number(one > other);
}
