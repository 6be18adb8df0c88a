import type { joinRequests, LeasedRequest } from '../data/join-requests.ts';
import type { Reports } from '../data/reports.ts';
import type { suppressions } from '../data/suppressions.ts';
import { type Bounce, isOfMailbox } from '../domain/delivery-report.ts';
import { confirmationRef, isWrittenTo, mayJoinAnew, retryConfirmation } from '../domain/joining.ts';
import type { Playbook } from '../domain/playbook.ts';
import { isStopped, type Sending } from '../domain/sending.ts';
import { classify } from '../mail/bounce.ts';
import type { HandOver } from '../mail/hand-over.ts';
import type { Mailer } from '../mail/mailer.ts';
import { type ConfirmationDeps, composeConfirmation } from './confirmation-mail.ts';
import { type LoopLog, loop } from './loop.ts';

/** A slow mail server must not keep all who joined waiting. */
const AT_ONCE = 2;
const IDLE_MS = 300;
/** A lease outlives its attempt by this, as that of a send does. */
const LEASE_OF_TIMEOUT = 12 / 11;

export type ConfirmationsDeps = ConfirmationDeps & {
  readonly joinRequests: Pick<typeof joinRequests, 'lease' | 'begin' | 'settle' | 'putOff'>;
  readonly suppressions: Pick<typeof suppressions, 'reason'>;
  /** Takes a refusal as it takes a bounce that comes later. */
  readonly reports: Pick<Reports, 'ofConfirmation'>;
  /** Whether mail was stopped. */
  readonly sending: { current(): Promise<Sending> };
  readonly mailer: Pick<Mailer, 'deliver'>;
  readonly playbook: () => Promise<Playbook>;
  /** How long one attempt may take, milliseconds. */
  readonly timeoutMs: number;
  /** The server's time, epoch milliseconds. */
  readonly now: () => number;
  readonly log: LoopLog['log'];
};

/**
 * Sends the mails by which who asked to join confirms their address, until each is settled. Any number of workers
 * may run it: a request is leased, and one whose worker died is sent again, as the very same message.
 */
export async function sendConfirmations(deps: ConfirmationsDeps, stop: AbortSignal): Promise<void> {
  const name = { log: deps.log, waits: 'confirmations wait' };
  const sendOne = async () => ((await sendNext(deps)) ? 0 : IDLE_MS);
  await Promise.all(Array.from({ length: AT_ONCE }, () => loop(name, sendOne, stop)));
}

/** Attempts the next one that is due; answers whether there was one. What fails is tried again. */
async function sendNext(deps: ConfirmationsDeps): Promise<boolean> {
  if (await isSilent(deps)) return false;
  const request = await deps.joinRequests.lease(deps.now(), deps.timeoutMs * LEASE_OF_TIMEOUT);
  if (!request) return false;
  const handedOver = await attempt(request, deps).catch(async (error: unknown) => {
    await tryAgain(request, undefined, deps); // nothing left; should this fail too, its lease ends
    throw error;
  });
  await settle(request, handedOver, deps);
  return true;
}

async function attempt(request: LeasedRequest, deps: ConfirmationsDeps): Promise<HandOver> {
  const playbook = await deps.playbook();
  if (!isWrittenTo(request.wish.email, playbook)) return { kind: 'refused', because: 'rehearsal' };
  const { envelope, raw } = await composeConfirmation(request, playbook, deps);
  return deps.mailer.deliver(envelope, raw, () => refusalOf(request, deps));
}

/** Why it must not leave, asked at the server's `354`. */
async function refusalOf(request: LeasedRequest, deps: ConfirmationsDeps): Promise<string | undefined> {
  if (await isSilent(deps)) return 'stopped';
  const reason = await deps.suppressions.reason(request.addressKey);
  if (reason !== undefined && !mayJoinAnew(reason)) return 'suppressed';
  return (await deps.joinRequests.begin(request)) ? undefined : 'settled';
}

async function settle(request: LeasedRequest, handedOver: HandOver, deps: ConfirmationsDeps): Promise<void> {
  switch (handedOver.kind) {
    case 'accepted':
      return deps.joinRequests.settle(request, 'sent');
    case 'refused':
      return settleRefused(request, handedOver.because, deps);
    case 'rejected':
      return refuse(request, classify(handedOver.code, handedOver.reply), deps);
    case 'delayed':
    case 'unknown':
      return tryAgain(request, handedOver, deps);
  }
}

function settleRefused(request: LeasedRequest, because: string, deps: ConfirmationsDeps): Promise<void> {
  if (because === 'stopped') return deps.joinRequests.putOff(request, deps.now(), false);
  return deps.joinRequests.settle(request, because === 'settled' ? 'sent' : 'refused');
}

/** Whether somebody stopped all mail, this too. */
async function isSilent({ sending }: ConfirmationsDeps): Promise<boolean> {
  return isStopped(await sending.current(), 'service');
}

/** Refused at the door, it is what a bounce would be: an address that is no more is never written to again. */
async function refuse(
  request: LeasedRequest,
  bounce: Bounce,
  { joinRequests, reports }: ConfirmationsDeps,
): Promise<void> {
  await reports.ofConfirmation(confirmationRef(request), async () => ({
    report: { kind: 'bounce', ...bounce },
  }));
  await joinRequests.settle(request, 'refused');
}

async function tryAgain(
  request: LeasedRequest,
  handedOver: HandOver | undefined,
  deps: ConfirmationsDeps,
): Promise<void> {
  const { joinRequests, now, log } = deps;
  const at = retryConfirmation(request.failures, request.askedAt, now());
  if (at !== undefined) return joinRequests.putOff(request, at, handedOver?.kind === 'unknown');
  log.warn({ request: request.id }, 'a confirmation is given up: the mail server put it off for two days');
  const code = handedOver && 'code' in handedOver ? handedOver.code : undefined;
  return isOfMailbox(code)
    ? refuse(request, { class: 'soft' }, deps)
    : joinRequests.settle(request, 'refused');
}
