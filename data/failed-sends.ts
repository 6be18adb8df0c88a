import { type ClientSession, trusted } from 'mongoose';
import type { ByHand } from '../domain/by-hand.ts';
import type { Cause, DecisionRecord } from '../domain/journey.ts';
import { sendKey } from '../domain/send.ts';
import { sendRef } from '../domain/send-ref.ts';
import { DecisionModel } from './decisions.ts';
import { SendModel } from './send-document.ts';
import type { Send } from './sends.ts';
import type { Mark } from './unsettled-sends.ts';

/** A touch whose activity failed until the journey gave it up. */
export type FailedSend = {
  readonly key: string;
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  /** When it was given up, epoch milliseconds. */
  readonly at: number;
  /** The decision that gave it up. */
  readonly seq: number;
  /** What it failed of, in one word. */
  readonly type: string;
  /** What the ledger knows of it; it may never have come so far. */
  readonly send?: Send;
};

/** The ledger may know better by now: what left, or was settled otherwise, has not failed. */
const OPEN: readonly string[] = ['claimed', 'released'];

const FAILED = { 'changes.outcome.kind': 'failed' } as const;

type Wanted = { readonly since?: number | undefined; readonly after?: Mark | undefined };

export const failedSends = {
  /** Those given up, the latest first; a page may hold fewer than `limit`, where the ledger knows better. */
  async list(
    { since = 0, after }: Wanted,
    limit: number,
  ): Promise<{ readonly rows: readonly FailedSend[]; readonly next: Mark | undefined }> {
    const rest = after && {
      $or: [{ at: trusted({ $lt: after.at }) }, { at: after.at, _id: trusted({ $lt: after.key }) }],
    };
    const read = await DecisionModel.find({ ...FAILED, at: trusted({ $gte: since }), ...rest })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean();
    const last = read.length < limit ? undefined : read.at(-1);
    return { rows: await stillFailed(read), next: last && { at: last.at, key: last._id } };
  },

  /** How many were given up, of the latest `most`. */
  async count(most: number): Promise<number> {
    return (await failedSends.list({}, most)).rows.length;
  },

  /** A customer's by its ref (domain/send-ref.ts). */
  async find(customerId: string, ref: string): Promise<FailedSend | undefined> {
    const read = await DecisionModel.find({ customerId, ...FAILED })
      .sort({ seq: -1 })
      .lean();
    return (await stillFailed(read)).find(({ key }) => sendRef(key) === ref);
  },

  /** What a touch was planned for, as the decision that did so tells. */
  async causeOf(customerId: string, touch: string, occasion: string): Promise<Cause | undefined> {
    const planned = trusted({ $elemMatch: { kind: 'planned', touch, occasion } });
    const read = await DecisionModel.findOne({ customerId, changes: planned }).sort({ seq: -1 }).lean();
    const causes = (read?.changes ?? []).flatMap((one) =>
      one.kind === 'planned' && one.touch === touch && one.occasion === occasion ? [one.because] : [],
    );
    return causes[0];
  },

  /** Notes in the ledger, where that knows of it, what a person decided. */
  async note(key: string, hand: ByHand, session: ClientSession): Promise<void> {
    await SendModel.updateOne({ _id: key }, { $push: { byHand: hand } }, { session });
  },
};

async function stillFailed(read: readonly DecisionRecord[]): Promise<readonly FailedSend[]> {
  const failed = read.flatMap(failedIn);
  const ledger = await SendModel.find({ _id: trusted({ $in: failed.map(({ key }) => key) }) }).lean();
  const known = new Map(ledger.map((send) => [send._id, send]));
  return failed.flatMap((one): FailedSend[] => {
    const send = known.get(one.key);
    const isDecided = send?.byHand?.some(({ at }) => at >= one.at);
    if (send && (isDecided || !OPEN.includes(send.state))) return [];
    return [{ ...one, ...(send && { send }) }];
  });
}

function failedIn({ customerId, seq, at, changes }: DecisionRecord): FailedSend[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'settled' || change.outcome.kind !== 'failed') return [];
    const { touch, occasion, outcome } = change;
    const key = sendKey({ customerId, touch, occasion });
    return [{ key, customerId, touch, occasion, at, seq, type: outcome.type }];
  });
}
