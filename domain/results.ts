import { type Arms, type Uplift, upliftOf } from './uplift.ts';

/** What was counted of the mails of one touch or phase; of one channel where it was asked for. */
export type ResultCount = {
  /** Of the touch or the phase. */
  readonly name: string;
  /** How the customers met the shop; null: they did not say. Absent: all together. */
  readonly channel?: string | null;
  readonly kind: 'marketing' | 'service';
  /** The versions that they were decided by. */
  readonly playbooks: readonly number[];
  /** Taken by the mail server, or of unknown fate. */
  readonly sent: number;
  readonly rejected: number;
  /** Would have gone, but for the holdout. */
  readonly heldOut: number;
  readonly answers: number;
  /** Answers with a score, and the sum of these, each 0–10. */
  readonly scored: number;
  readonly scoreSum: number;
  readonly granted: number;
  readonly redeemed: number;
  /** What was granted, minor units by currency. */
  readonly cost: Readonly<Record<string, number>>;
  /** Of `sent`: those whose seven days are over, and those after which the customer ordered within them. */
  readonly followed: number;
  readonly ordered: number;
  readonly unsubscribes: number;
  readonly complaints: number;
  readonly spamComplaints: number;
  /** Of marketing, each customer once, by the first of these mails, its seven days over. */
  readonly arms: Arms;
};

/** What came of the mails of one touch or phase. */
export type Result = ResultCount & {
  /** 0–10, or null where nobody scored. */
  readonly meanScore: number | null;
  /** 0–1, or null while no seven days are over. */
  readonly orderRate: number | null;
  readonly uplift: Uplift;
};

/** Works out what the counts come to, the most sent first. */
export function resultsOf(counts: readonly ResultCount[]): readonly Result[] {
  return counts.map(resultOf).toSorted((a, b) => b.sent - a.sent || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function resultOf(count: ResultCount): Result {
  return {
    ...count,
    meanScore: count.scored === 0 ? null : count.scoreSum / count.scored,
    orderRate: count.followed === 0 ? null : count.ordered / count.followed,
    uplift: upliftOf(count.arms),
  };
}

function keyOf({ name, channel }: ResultCount): string {
  return `${name}/${channel ?? ''}`;
}
