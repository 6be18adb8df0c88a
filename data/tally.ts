import { trusted } from 'mongoose';
import { DecisionModel } from './decisions.ts';
import { SendModel } from './send-document.ts';

/** How many sends came to what, over all customers. */
export type Tally = {
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  readonly failed: number;
  /** By reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** How often a send was put off, by us and by the mail server. */
  readonly postponed: number;
  readonly delayed: number;
  /** Claimed, and not settled yet. */
  readonly underWay: number;
};

type Group = {
  readonly _id: { readonly state: string; readonly kind?: string; readonly reason?: string };
  readonly count: number;
  readonly postponements: number;
  readonly delays: number;
};

/** As `asItIs`: whose owner died while transmitting has an unknown fate. */
const STATE_NOW = {
  $cond: [
    { $and: [{ $eq: ['$state', 'transmitting'] }, { $lte: ['$leaseUntil', '$$NOW'] }] },
    'unknown',
    '$state',
  ],
};

/** Counts the ledger. What a merge moved counts once, where it was sent. */
export async function tally(): Promise<Tally> {
  const groups = await SendModel.aggregate<Group>([
    { $match: { state: { $ne: 'moved' } } },
    {
      $group: {
        _id: { state: STATE_NOW, kind: '$outcome.kind', reason: '$outcome.reason' },
        count: { $sum: 1 },
        postponements: { $sum: '$postponements' },
        delays: { $sum: '$delays.count' },
      },
    },
  ]);
  const count = (fits: (id: Group['_id']) => boolean) =>
    sum(groups.filter(({ _id }) => fits(_id)).map((group) => group.count));

  return {
    accepted: count(({ state }) => state === 'accepted'),
    rejected: count(({ state }) => state === 'rejected'),
    unknown: count(({ state }) => state === 'unknown'),
    failed: (await failures()) + count(({ state }) => state === 'lost'),
    skipped: skippedByReason(groups),
    postponed: sum(groups.map((group) => group.postponements)),
    delayed: sum(groups.map((group) => group.delays)),
    underWay: count(({ state }) => state === 'claimed' || state === 'transmitting'),
  };
}

/** Given up after three failures of their activity: the journey says so, as the ledger was out of reach. */
function failures(): Promise<number> {
  const givenUp = { $elemMatch: { kind: 'settled', 'outcome.kind': 'failed' } };
  return DecisionModel.countDocuments({ changes: trusted(givenUp) });
}

function skippedByReason(groups: readonly Group[]): Readonly<Record<string, number>> {
  const skipped = groups.filter(({ _id }) => _id.state === 'skipped');
  return Object.fromEntries(skipped.map(({ _id, count }) => [_id.reason ?? 'unknown', count]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
