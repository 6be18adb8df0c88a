import { type ClientSession, trusted } from 'mongoose';
import { nothingLeft, type SendOutcome } from '../domain/send.ts';
import { heed } from './bounced.ts';
import { CustomerModel, placeFreed } from './customer-document.ts';
import { persevere } from './persevere.ts';
import { type PinnedMail, type SendDocument, SendModel, type SendState } from './send-document.ts';
import { inTransaction } from './transaction.ts';

/** What goes with an outcome into the ledger, and nowhere else. */
export type Detail = {
  /** The mail server's own words. */
  readonly reply?: string;
  /** With `delayed`: the mail's fate is unknown, and it is to be sent once more as it was. */
  readonly mail?: PinnedMail;
  /** What a customer would have got but for a rehearsal. */
  readonly wouldBe?: PinnedMail;
  /** The key of the address that it was for: should it be given up now, that is one with the outcome. */
  readonly addressKey?: string;
};

type Settled = { readonly key: string; readonly owner: string };

const OPEN: readonly SendState[] = ['claimed', 'transmitting', 'unknown'];

/**
 * Settles an attempt by its outcome, and frees the customer's place if nothing left: both or neither.
 *
 * Only its owner knows what became of the mail, so it waits for a MongoDB that is away. `unknown` is still ours to
 * correct, since we know better than who found our lease run out.
 *
 * @returns the outcome that stands: another one if the claim was lost meanwhile
 */
export function settle(
  settled: Settled,
  outcome: SendOutcome,
  detail: Detail,
  at: number,
): Promise<SendOutcome> {
  const left = outcome.kind === 'accepted' || outcome.kind === 'unknown';
  return persevere(() =>
    left
      ? settleAlone(settled, outcome, { ...detail, at })
      : inTransaction((session) => settleWithPlace(settled, outcome, { ...detail, at }, session)),
  );
}

/** What left, or may have, keeps its place: one write. */
async function settleAlone(
  settled: Settled,
  outcome: Extract<SendOutcome, { kind: 'accepted' | 'unknown' }>,
  detail: Settlement,
): Promise<SendOutcome> {
  const written = { ...told(outcome, detail), state: outcome.kind };
  const { matchedCount } = await SendModel.updateOne(oursToSettle(settled), { $set: written });
  return matchedCount === 1 ? outcome : standing(settled.key, outcome);
}

async function settleWithPlace(
  settled: Settled,
  outcome: SendOutcome,
  detail: Settlement,
  session: ClientSession,
): Promise<SendOutcome> {
  const { key } = settled;
  const send = await SendModel.findOne(oursToSettle(settled)).session(session).lean();
  if (!send) return standing(key, outcome, session);

  const fate = fateOf(send, outcome, detail);
  await (isOfNobody(fate)
    ? SendModel.deleteOne({ _id: key }, { session })
    : SendModel.updateOne({ _id: key }, { $set: ledgered(send, fate, detail) }, { session }));
  if (nothingLeft(fate)) {
    const placed = { _id: send.customerId, 'contact.places.key': key }; // of whom they became, after a merge
    await CustomerModel.updateOne(placed, placeFreed(key), { session });
  }
  const { addressKey, at } = detail;
  if (fate.kind === 'rejected' && addressKey !== undefined) {
    await heed(fate, { customerId: send.customerId, addressKey, at }, session);
  }
  return fate;
}

/** Whether its customer was erased: then an attempt that came too late leaves no row either. */
function isOfNobody(fate: SendOutcome): boolean {
  return fate.kind === 'skipped' && fate.reason === 'erased';
}

type Settlement = Detail & { readonly at: number };

function oursToSettle({ key, owner }: Settled) {
  return { _id: key, owner, state: trusted({ $in: OPEN }) };
}

async function standing(key: string, outcome: SendOutcome, session?: ClientSession): Promise<SendOutcome> {
  const send = await SendModel.findById(key)
    .session(session ?? null)
    .lean();
  return send?.outcome ?? outcome;
}

/** The outcome as it can stand for this send. */
function fateOf(send: SendDocument, outcome: SendOutcome, detail: Detail): SendOutcome {
  if (outcome.kind !== 'delayed') return outcome;
  if (detail.mail && send.resends > 0) return { kind: 'unknown' }; // sent once more already
  if (send.state !== 'unknown') return outcome;
  const { code, status } = outcome; // the journey has heard `unknown` and will not try again
  return { kind: 'rejected', class: 'soft', ...(code && { code }), ...(status && { status }) };
}

function told(outcome: SendOutcome, { reply, wouldBe, addressKey, at }: Settlement): Partial<SendDocument> {
  return {
    ...{ outcome, settledAt: new Date(at) },
    ...(outcome.kind === 'rejected' && addressKey !== undefined && { addressKey }),
    ...(reply === undefined ? {} : { reply }),
    ...(wouldBe === undefined ? {} : { wouldBe }),
  };
}

function ledgered(send: SendDocument, fate: SendOutcome, detail: Settlement): Partial<SendDocument> {
  const kept = told(fate, detail);
  switch (fate.kind) {
    case 'accepted':
    case 'rejected':
    case 'unknown':
    case 'skipped':
      return { ...kept, state: fate.kind };
    case 'postponed':
      return { ...kept, state: 'released', postponements: send.postponements + 1 };
    case 'delayed': {
      const delays = { count: send.delays.count + 1, firstAt: send.delays.firstAt ?? detail.at };
      const again = detail.mail ? { mail: detail.mail, resends: send.resends + 1 } : {};
      return { ...kept, state: 'released', delays, ...again };
    }
    case 'failed':
      return { ...kept, state: 'released' };
  }
}
