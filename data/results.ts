import type { PipelineStage } from 'mongoose';
import type { ResultCount } from '../domain/results.ts';
import { channels, consequences, mails, type Within } from './results-sources.ts';
import { counting } from './results-stages.ts';
import { SendModel } from './send-document.ts';

/** What is counted: which mails, by what, and as seen when. */
export type ResultsWanted = Within & {
  readonly per: 'touch' | 'phase';
  readonly byChannel: boolean;
  /** Seven days before this are over, epoch milliseconds. */
  readonly now: number;
};

/** Nobody waits longer for results, milliseconds. */
const PATIENCE_MS = 120_000;

/**
 * Counts what came of the mails of a time, per touch or phase: one aggregation, in which mails and what customers did
 * meet by customer. Nobody is named in what comes out.
 *
 * @throws when it takes longer than the patience, milliseconds
 */
export async function countResults(
  wanted: ResultsWanted,
  patienceMs = PATIENCE_MS,
): Promise<readonly ResultCount[]> {
  const counted = await SendModel.aggregate<Counted>(pipelineOf(wanted)).option({
    maxTimeMS: patienceMs,
    allowDiskUse: true,
  });
  const alike = Map.groupBy(counted, ({ _id }) => JSON.stringify([_id.name, _id.channel]));
  return [...alike.values()].flatMap((rows) =>
    rows.slice(0, 1).map((row) => together(row, rows, wanted.byChannel)),
  );
}

/** As counted, a row a currency. */
type Counted = Omit<ResultCount, 'name' | 'channel' | 'cost' | 'arms' | 'playbooks'> & {
  readonly _id: { readonly name: string; readonly channel: string | null; readonly currency: string | null };
  readonly cost: number;
  readonly playbooks: readonly (readonly number[])[];
  readonly treated: number;
  readonly treatedOrdered: number;
  readonly holdout: number;
  readonly holdoutOrdered: number;
};

function pipelineOf({ per, byChannel, now, ...within }: ResultsWanted): PipelineStage[] {
  return [
    ...mails(within, per),
    ...consequences(within),
    ...(byChannel ? [channels()] : []),
    ...counting(now, byChannel),
  ];
}

/** The rows of one name and channel, which differ by currency, as one. */
function together({ _id, kind }: Counted, rows: readonly Counted[], byChannel: boolean): ResultCount {
  const sum = sumOver(rows);
  const versions = rows.flatMap(({ playbooks }) => playbooks.flat());
  return {
    ...{ name: _id.name, kind },
    ...(byChannel && { channel: _id.channel }),
    playbooks: [...new Set(versions)].sort((a, b) => a - b),
    ...{ sent: sum('sent'), rejected: sum('rejected'), heldOut: sum('heldOut') },
    ...{ answers: sum('answers'), scored: sum('scored'), scoreSum: sum('scoreSum') },
    ...{ granted: sum('granted'), redeemed: sum('redeemed'), cost: costOf(rows) },
    ...{ followed: sum('followed'), ordered: sum('ordered'), unsubscribes: sum('unsubscribes') },
    ...{ complaints: sum('complaints'), spamComplaints: sum('spamComplaints') },
    arms: {
      treated: { customers: sum('treated'), ordered: sum('treatedOrdered') },
      holdout: { customers: sum('holdout'), ordered: sum('holdoutOrdered') },
    },
  };
}

type Summed = { [Key in keyof Counted]: Counted[Key] extends number ? Key : never }[keyof Counted];

function sumOver(rows: readonly Counted[]) {
  return (key: Summed) => rows.reduce((total, row) => total + row[key], 0);
}

function costOf(rows: readonly Counted[]): ResultCount['cost'] {
  const spent = rows.flatMap(({ _id: { currency }, cost }) =>
    currency && cost > 0 ? [{ currency, cost }] : [],
  );
  return Object.fromEntries(spent.map(({ currency, cost }) => [currency, cost]));
}
