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

function arms([gotIt, ofThese]: readonly [number, number], [heldOut, ofThose]: readonly [number, number]) {
  const treated = { customers: gotIt, ordered: ofThese };
  return { arms: { treated, holdout: { customers: heldOut, ordered: ofThose } } };
}

/** Results of each kind: more, fewer, undecided, too few, none held out, service. */
export function someResults(): readonly ResultCount[] {
  const sent = { sent: 2_140, followed: 1_900, ordered: 342, heldOut: 118 };
  return [
    aCount({ ...sent, name: 'small-treat', ...arms([1_650, 346], [980, 121]), granted: 40, redeemed: 11 }),
    aCount({ ...sent, name: 'birthday', ...arms([1_900, 152], [900, 118]), cost: { EUR: 125_050 } }),
    aCount({
      ...sent,
      name: 'how-was-it',
      ...arms([900, 60], [300, 19]),
      answers: 310,
      scored: 290,
      scoreSum: 2_381,
    }),
    aCount({ name: 'good-to-know', sent: 60, heldOut: 3, ...arms([40, 4], [2, 0]), playbooks: [2, 3] }),
    aCount({ name: 'goes-well', sent: 1, followed: 1, ordered: 1, unsubscribes: 1, complaints: 1 }),
    aCount({ name: 'thank-you', kind: 'service', sent: 5_112, followed: 5_000, ordered: 800, rejected: 4 }),
  ];
}
