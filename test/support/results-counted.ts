import type { ResultCount } from '../../domain/results.ts';

/** What is counted where nothing was. */
export function aCount(count: Partial<ResultCount> = {}): ResultCount {
  return {
    ...{ name: 'small-treat', kind: 'marketing', playbooks: [1] },
    ...{ sent: 0, rejected: 0, heldOut: 0, answers: 0, scored: 0, scoreSum: 0 },
    ...{ granted: 0, redeemed: 0, cost: {}, followed: 0, ordered: 0 },
    ...{ unsubscribes: 0, complaints: 0, spamComplaints: 0 },
    arms: { treated: { customers: 0, ordered: 0 }, holdout: { customers: 0, ordered: 0 } },
    ...count,
  };
}
