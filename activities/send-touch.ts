import { ApplicationFailure } from '@temporalio/activity';
import { type Claimed, SendUnderWay } from '../data/sends.ts';
import type { Detail } from '../data/settle.ts';
import type { Refusal } from '../domain/contact-policy.ts';
import type { Grant } from '../domain/grant.ts';
import type { Task } from '../domain/journey.ts';
import type { Playbook, Touch } from '../domain/playbook.ts';
import { type Outgoing, refusalOf, takesPlace } from '../domain/proposal.ts';
import { nothingLeft, type SendOutcome, sendKey } from '../domain/send.ts';
import { isSupported } from '../domain/support.ts';
import type { Mailer } from '../mail/mailer.ts';
import { type AdmissionDeps, admit, customerOf, stopOf } from './admission.ts';
import type { Compose, ComposedMail } from './compose.ts';
import {
  type GrantDeps,
  grantSurprise,
  settleGrant,
  stillGranted,
  wouldBeGranted,
} from './grant-surprise.ts';
import { type MomentDeps, momentOf } from './moment.ts';
import { isRehearsal, type Rehearsals, rehearse } from './rehearse.ts';
import { type Sends, settlementOf } from './settlement.ts';
import { takeTurn } from './warm-up.ts';

export type SendTouchDeps = AdmissionDeps &
  GrantDeps &
  MomentDeps & {
    readonly rehearsals: Rehearsals;
    readonly sends: Sends;
    readonly playbook: (atLeast?: number) => Promise<Playbook>;
    readonly compose: Compose;
    readonly mailer: Pick<Mailer, 'deliver'>;
    /** Is asked after a refusal that may be one too many, by the server's time, epoch milliseconds. */
    readonly breaker: { consider(now: number): Promise<boolean> };
  };

/** What one attempt works with. */
export type Attempt = Outgoing & {
  readonly claim: Claimed;
  /** What its mail tells of. */
  readonly grant?: Grant;
};

/** What an attempt comes to, with what the ledger keeps of it beside. */
export type Result = { readonly outcome: SendOutcome; readonly detail?: Detail };

/** A claim outlives its attempt by this: design §6 gives an attempt 11 minutes and its lease 12. */
const LEASE_OF_TIMEOUT = 12 / 11;

export function createSendTouch(deps: SendTouchDeps) {
  /**
   * Sends one touch by e-mail: marketing at most once; service mail of unknown fate once more.
   *
   * Everything is checked again at the last moment, the server's `354`, as days may have passed since the touch was
   * planned. What may happen is a value; what takes longer than this attempt goes back to the agenda.
   *
   * @throws when MongoDB is out of reach or another attempt's claim lives; Temporal retries for some minutes
   */
  return async function sendTouch(task: Task): Promise<SendOutcome> {
    const playbook = await deps.playbook(task.playbook);
    const touch = playbook.touches.find(({ name }) => name === task.touch);
    const kind = touch?.kind ?? 'marketing';
    const claim = await claimFor({ ...task, kind }, deps.clock().serverTime(), deps);
    const at = momentOf(task, deps);
    const about = { key: sendKey(task), kind, touch, at };
    if (claim.kind === 'settled') return heeded(claim.outcome, about, deps);

    const result = touch ? await attempt({ task, touch, playbook, claim, at }, deps) : skipped('removed');
    return heeded(
      await settle({ claim, playbook, at }, result, deps),
      { ...about, owner: claim.owner },
      deps,
    );
  };
}

/** Settles the attempt; a turn that it took in a warm-up is given back if nothing left. */
async function settle(
  { claim, playbook, at }: Pick<Attempt, 'claim' | 'playbook' | 'at'>,
  { outcome, detail = {} }: Result,
  { sends, sendingDays }: SendTouchDeps,
): Promise<SendOutcome> {
  const settled = await sends.settle(claim, outcome, detail, at);
  if (playbook.contact.perDay && nothingLeft(settled)) await sendingDays.giveBack(claim.key);
  return settled;
}

/** What a settled attempt was about. */
type About = {
  readonly key: string;
  readonly owner?: string;
  readonly kind: Touch['kind'];
  readonly touch: Touch | undefined;
  readonly at: number;
};

/**
 * Sees to what follows from an outcome, also of an attempt that died before it did: what it granted is the customer's,
 * or given back; the circuit breaker is asked where an address turned out to be no more.
 */
async function heeded(
  outcome: SendOutcome,
  { kind, touch, ...grant }: About,
  deps: SendTouchDeps,
): Promise<SendOutcome> {
  if (touch?.surprise) await settleGrant(grant, outcome, deps);
  const isHard = outcome.kind === 'rejected' && outcome.class === 'hard';
  if (isHard && kind === 'marketing') await deps.breaker.consider(deps.clock().serverTime());
  return outcome;
}

/** Claims the send; where another attempt's claim lives, Temporal is to come back when its lease ends. */
async function claimFor(task: Task & Pick<Touch, 'kind'>, now: number, { sends }: SendTouchDeps) {
  try {
    return await sends.claim(task, now, task.timeoutMs * LEASE_OF_TIMEOUT);
  } catch (error) {
    if (!(error instanceof SendUnderWay)) throw error;
    const nextRetryDelay = Math.max(1000, error.until - now);
    throw ApplicationFailure.create({ type: error.name, message: error.name, nextRetryDelay });
  }
}

function skipped(reason: 'removed' | 'unsupported'): Result {
  return { outcome: { kind: 'skipped', reason } };
}

async function attempt(attempted: Attempt, deps: SendTouchDeps): Promise<Result> {
  if (!isSupported(attempted.touch)) return skipped('unsupported');

  const customer = await customerOf(attempted, deps.customers);
  const early = refusalOf(attempted, customer);
  const stopped = takesPlace(early) && (await stopOf(attempted, deps));
  if (stopped) return { outcome: stopped };
  if (isRehearsal(early)) return rehearse(wouldBeGranted(attempted), customer, deps);
  if (early) return { outcome: (await admit(attempted, deps)) ?? early };
  const full = await takeTurn(attempted, customer, deps.sendingDays); // else each mail too many opens a connection
  if (full) return { outcome: full };

  const { grant, refusal } = await grantSurprise(attempted, customer, deps);
  if (refusal) return { outcome: refusal };

  const granted = grant ? { ...attempted, grant } : attempted;
  return deliver(granted, await deps.compose(granted, customer), deps);
}

/** Hands the mail over; at the server's `354` the door is asked, and the ledger notes that it is leaving. */
async function deliver(attempted: Attempt, mail: ComposedMail, deps: SendTouchDeps): Promise<Result> {
  let refusal: Refusal | undefined;
  const handedOver = await deps.mailer.deliver(mail.envelope, mail.raw, async () => {
    refusal = await admit(attempted, deps);
    if (refusal) return refusal.reason;
    const { pinned, addressKey } = mail;
    if (!(await deps.sends.transmitting(attempted.claim, pinned, addressKey))) throw new ClaimLost();
    refusal = await stillGranted(attempted, deps);
    return refusal?.reason;
  });
  if (refusal) return { outcome: refusal };
  if (handedOver.kind === 'refused') throw new ClaimLost();
  return settlementOf(handedOver, attempted, mail);
}

/** Thrown when another attempt has taken the claim over while this one waited for the server. */
class ClaimLost extends Error {
  constructor() {
    super('the claim was lost before the message left');
    this.name = 'ClaimLost';
  }
}
