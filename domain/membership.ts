/** A customer's part in the loyalty programme: the compact copy of what `pointEntries` keeps for ever. */
export type Membership = {
  /** Absent: no member, or no more. */
  readonly joined?: {
    /** Epoch milliseconds. */
    readonly at: number;
    /** The version of the terms they joined on. */
    readonly terms: string;
  };
  /** When they left last, epoch milliseconds: joining is theirs alone from then on. */
  readonly left?: number;
  /** In the order in which they were written. */
  readonly entries: readonly PointEntry[];
};

/** One line of the ledger of points: never changed, never removed. */
export type PointEntry = Earned | Taken;

type Entry = {
  /** Made of its cause, so that no cause counts twice: `shop/e-17:orders`. */
  readonly id: string;
  /** When its cause happened, epoch milliseconds. */
  readonly at: number;
  /** Whole; negative: taken. */
  readonly points: number;
};

/**
 * Points of one lot: what one order, review or birthday earned. What an order earns changes with the order, so a lot
 * has as many entries as the order had changes: its points are their sum, the times are those of the last.
 */
export type Earned = Entry & {
  readonly kind: 'earned';
  /** The rule's name in the playbook. */
  readonly reason: string;
  readonly lot: string;
  /** When the lot was earned, epoch milliseconds. */
  readonly earnedAt: number;
  /** From when on they can be spent, epoch milliseconds. */
  readonly from: number;
  /** When they expire, epoch milliseconds; absent: never. */
  readonly until?: number;
  /** Of an order: by which terms it earns, whatever the playbook says by now. */
  readonly rate?: { readonly points: number; readonly per?: number };
};

/** Points spent; or corrected by a person, up or down. */
type Taken = Entry & {
  readonly kind: 'spent' | 'corrected';
  /** In the words of whoever did it. */
  readonly reason: string;
  /** Who: the name of an API key. */
  readonly by?: string;
  /** Of points added: when they expire, epoch milliseconds. */
  readonly until?: number;
};
