import { randomUUID } from 'node:crypto';
import { type QueryFilter, trusted, type UpdateQuery } from 'mongoose';
import type { Task } from '../domain/journey.ts';
import { type SendOutcome, sendKey } from '../domain/send.ts';
import { sendRef } from '../domain/send-ref.ts';
import { isDuplicate } from './collection.ts';
import { asItIs, type PinnedMail, type SendDocument, SendModel, UNTRIED } from './send-document.ts';
import { type Detail, settle } from './settle.ts';
import { type Tally, tally } from './tally.ts';

/** Whether a send is ours to attempt. */
export type Claim = Claimed | { readonly kind: 'settled'; readonly outcome: SendOutcome };

export type Claimed = {
  readonly kind: 'claimed';
  readonly key: string;
  readonly owner: string;
  /** Until when nobody else may claim it. */
  readonly leaseUntil: Date;
  /** How often the mail server put it off, and when it did first, epoch milliseconds. */
  readonly delays: SendDocument['delays'];
  /** Its fate was unknown: this very mail is to be sent, and no other. */
  readonly resend?: PinnedMail;
  /** A person wants it sent again: to the customer's address of today. */
  readonly byHand?: true;
};

/** Thrown when another attempt's claim is alive: come back when its lease ends. */
export class SendUnderWay extends Error {
  readonly key: string;
  /** Epoch milliseconds of the server's time. */
  readonly until: number;

  constructor(key: string, until: number) {
    super(`send ${key} is under way`);
    this.name = 'SendUnderWay';
    this.key = key;
    this.until = until;
  }
}

/** A send as pages show it. */
export type Send = SendDocument;

/** The ledger: what was sent, and what became of it (design §6). */
export const sends = {
  /**
   * Claims a send before it goes out: whoever inserts the key, or takes it up after a release, owns it.
   *
   * A claim that died before a byte left is taken over; one that died while transmitting has an unknown fate.
   * Service mail of unknown fate is claimed once more, with the mail as it was.
   *
   * @param now the server's time, on which leases run; epoch milliseconds
   * @throws SendUnderWay when another attempt's claim is alive
   */
  async claim(task: Attempt, now: number, leaseMs: number): Promise<Claim> {
    const claimedAt = new Date(now);
    const lease = { owner: randomUUID(), claimedAt, leaseUntil: new Date(now + leaseMs) };
    const owned = { ...lease, due: task.due, playbook: task.playbook };
    const key = sendKey(task);
    return (
      (await insertOrNothing(task, owned)) ??
      (await takeUp(key, owned)) ??
      (await standing(key, claimedAt)) ??
      sends.claim(task, now, leaseMs) // it was released or erased just now
    );
  },

  /**
   * Notes that the message is about to leave, with all it takes to send it again.
   *
   * @param addressKey of the address it goes to, while that is the customer's
   * @returns false when the claim was lost, to another attempt or to a merge: then nothing may leave
   */
  async transmitting({ key, owner }: Claimed, mail: PinnedMail, addressKey?: string): Promise<boolean> {
    const updated = await SendModel.updateOne(
      { _id: key, owner, state: 'claimed' },
      { $set: { state: 'transmitting', mail, ...(addressKey !== undefined && { addressKey }) } },
    );
    return updated.modifiedCount === 1;
  },

  /**
   * Settles an attempt by its outcome, and frees the customer's place if nothing left.
   *
   * @param at epoch milliseconds
   * @returns the outcome that stands: another one if the claim was lost meanwhile
   */
  settle(claim: Claimed, outcome: SendOutcome, detail: Detail, at: number): Promise<SendOutcome> {
    return settle(claim, outcome, detail, at);
  },

  async byKey(key: string): Promise<Send | undefined> {
    const send = await SendModel.findById(key).lean();
    return send ? asItIs(send, Date.now()) : undefined;
  },

  /** The send of a customer that a link or an address names by its `sendRef`. */
  async byRef(customerId: string, ref: string): Promise<Send | undefined> {
    const keys = await SendModel.find(
      { customerId, state: trusted({ $ne: 'moved' as const }) },
      { _id: 1 },
    ).lean();
    const named = keys.find(({ _id }) => sendRef(_id) === ref);
    return named && sends.byKey(named._id);
  },

  /** A customer's sends, the latest `due` first; those due before `before`, if that is given. */
  async ofCustomer(customerId: string, limit: number, before = Infinity): Promise<readonly Send[]> {
    const shown = { customerId, due: trusted({ $lt: before }), state: trusted({ $ne: 'moved' as const }) };
    const kept = await SendModel.find(shown).sort({ due: -1, _id: -1 }).limit(limit).lean();
    return kept.map((send) => asItIs(send, Date.now()));
  },

  /** What became of all sends together. */
  tally(): Promise<Tally> {
    return tally();
  },
};

type Attempt = Task & Pick<SendDocument, 'kind'>;

type Filter = QueryFilter<SendDocument>;

type Owned = {
  readonly owner: string;
  readonly claimedAt: Date;
  readonly leaseUntil: Date;
  readonly due: number;
  readonly playbook: number;
};

async function insertOrNothing(attempt: Attempt, owned: Owned): Promise<Claimed | undefined> {
  const { timeoutMs, expires, ...task } = attempt;
  const key = sendKey(task);
  try {
    await SendModel.create({ _id: key, ...task, ...owned, ...UNTRIED, state: 'claimed' });
    const { owner, leaseUntil } = owned;
    return { kind: 'claimed', key, owner, leaseUntil, delays: UNTRIED.delays };
  } catch (error) {
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}

/** Claims a send that exists, if it is free. */
async function takeUp(key: string, owned: Owned): Promise<Claimed | undefined> {
  const over = { leaseUntil: trusted({ $lte: owned.claimedAt }) };
  const free: Filter = { $or: [{ state: 'released' }, { state: 'claimed', ...over }] }; // it died before a byte left
  const again: Filter = { state: 'transmitting', ...over, kind: 'service', resends: 0 };
  const claimed = { $set: { ...owned, state: 'claimed' } } as const;

  return (
    (await claimWhere({ _id: key, ...free }, claimed)) ??
    (await claimWhere({ _id: key, ...again }, { ...claimed, $inc: { resends: 1 } }))
  );
}

async function claimWhere(free: Filter, claimed: UpdateQuery<SendDocument>): Promise<Claimed | undefined> {
  const kept = await SendModel.findOneAndUpdate(free, claimed, { returnDocument: 'after' }).lean();
  if (!kept?.owner || !kept.leaseUntil) return undefined;
  const resend = kept.resends > 0 && kept.mail ? { resend: kept.mail } : {};
  const byHand = kept.byHand ? ({ byHand: true } as const) : {};
  const { _id: key, owner, leaseUntil, delays } = kept;
  return { kind: 'claimed', key, owner, leaseUntil, delays, ...resend, ...byHand };
}

/** What became of a send that is not free, or undefined when it has become free meanwhile. */
async function standing(key: string, now: Date): Promise<Claim | undefined> {
  const died: Filter = { state: 'transmitting', leaseUntil: trusted({ $lte: now }) };
  const notAgain: Filter = { $or: [{ kind: 'marketing' }, { resends: trusted({ $gte: 1 }) }] };
  const unknown = { $set: { state: 'unknown', outcome: { kind: 'unknown' }, settledAt: now } } as const;
  await SendModel.updateOne({ _id: key, ...died, ...notAgain }, unknown);

  const kept = await SendModel.findById(key).lean();
  if (!kept || kept.state === 'released') return undefined;
  if (kept.state !== 'claimed' && kept.state !== 'transmitting') {
    return kept.outcome && { kind: 'settled', outcome: kept.outcome };
  }
  if (kept.leaseUntil && kept.leaseUntil > now) throw new SendUnderWay(key, kept.leaseUntil.getTime());
  return undefined;
}
