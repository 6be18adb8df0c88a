import type { Reports, Taken, Tell } from '../data/reports.ts';
import { isCounted } from '../domain/circuit-breaker.ts';
import { type AddressedReport, type DeliveryReport, gist } from '../domain/delivery-report.ts';
import { keyedHash } from '../domain/hash.ts';
import { normaliseEmail } from '../domain/identity.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { MailNamed, ReturnPathRead, SendTokenRead } from '../domain/return-path.ts';
import type { Report } from '../mail/bounce-reports.ts';
import { identityOf, isAutoReply } from '../mail/incoming-mail.ts';
import type { TakeReply } from './take-reply.ts';

export type TakeMailDeps = {
  readonly reports: Pick<Reports, 'ofMail' | 'ofConfirmation'>;
  /** Takes what a person answers. */
  readonly takeReply: TakeReply;
  /** What a mail tells for good: nothing of what is only late. */
  readonly readReports: (raw: Buffer) => Promise<readonly Report[]>;
  /** The mail of ours that a text names, if it proves it. */
  readonly named: (text: string) => MailNamed | undefined;
  /** A version of the playbook. */
  readonly playbook: (version: number) => Promise<Playbook | undefined>;
  /** Keys the hashes of addresses. */
  readonly hashKey: string;
  /** Is asked after what may be one too many. */
  readonly breaker: { consider(now: number): Promise<boolean> };
  readonly log: Log;
};

type Log = { info(fields: Readonly<Record<string, unknown>>, message: string): void };

/** A mail that came to addresses of ours. */
type BroughtMail = {
  readonly raw: Buffer;
  /** Of the envelope; empty: of a program that wants no answer. */
  readonly sender: string;
  readonly to: readonly ReturnPathRead[];
};

export type TakeMail = (mail: BroughtMail) => Promise<void>;

/** Takes in a mail: what it means is kept, by a majority, before this answers. Repeated, it changes nothing. */
export function createTakeMail(deps: TakeMailDeps): TakeMail {
  return async (mail) => {
    const means = await deps.readReports(mail.raw);
    for (const to of mail.to) {
      const [meaning, taken] = await takeAt(to, mail, means, deps);
      const { kind, class: found, status } = meaning; // never its addresses
      deps.log.info({ kind, ...(found && { class: found }), ...(status && { status }), taken }, 'mail taken');
    }
  };
}

function takeAt(to: ReturnPathRead, mail: BroughtMail, means: readonly Report[], deps: TakeMailDeps) {
  switch (to.kind) {
    case 'bounce':
    case 'confirmation':
      return takeReport(to, means, deps);
    case 'unsubscribe':
      return takeLeave(to, mail, deps);
    case 'reply':
      return takeAnswer(to, mail, means, deps);
    case 'feedback-loop': {
      const about = deps.named(mail.raw.toString('latin1'));
      const complaints = means.filter(({ kind }) => kind === 'spam-complaint');
      return about ? takeReport(about, complaints, deps) : UNKNOWN;
    }
  }
}

/** It proves no mail of ours. */
const UNKNOWN: readonly [Meaning, Taken] = [{ kind: 'other' }, 'unheard'];

type Meaning = { readonly kind: string; readonly class?: string; readonly status?: string };

async function takeReport(
  to: MailNamed,
  means: readonly Report[],
  { reports, hashKey, breaker }: TakeMailDeps,
): Promise<readonly [Meaning, Taken]> {
  const told = means.flatMap(toldBy);
  const [other] = means;
  if (told.length === 0) return [{ kind: other?.kind ?? 'other' }, 'unheard'];

  let report: DeliveryReport | undefined;
  const tell = async (mail: { readonly addressKey?: string } | undefined) => {
    const isOurs = (address: string) => keyedHash(hashKey, normaliseEmail(address)) === mail?.addressKey;
    report = gist(told, isOurs);
    return report && { report };
  };
  const isOfSend = to.kind !== 'confirmation';
  const taken = isOfSend ? await reports.ofMail(to, tell) : await reports.ofConfirmation(to.ref, tell);
  if (isOfSend && taken !== 'unheard' && report && isCounted(report)) await breaker.consider(Date.now());
  return [report ?? { kind: 'other' }, taken];
}

/** Automatic answers, and that a mail arrived, change nothing. */
function toldBy({ kind, class: found = 'soft', status, recipient }: Report): readonly AddressedReport[] {
  const to = recipient === undefined ? {} : { recipient };
  switch (kind) {
    case 'bounce':
      return [{ kind, class: found, ...(status !== undefined && { status }), ...to }];
    case 'spam-complaint':
      return [{ kind, ...to }];
    case 'auto-reply':
    case 'delivered':
      return [];
  }
}

/** A person who answers a mail tells us something; a report of a mail system there tells nothing. */
async function takeAnswer(
  to: SendTokenRead,
  mail: BroughtMail,
  means: readonly Report[],
  { takeReply }: TakeMailDeps,
): Promise<readonly [Meaning, Taken]> {
  return [{ kind: 'reply' }, means.length > 0 ? 'unheard' : await takeReply(to, mail)];
}

/** One who writes to the address of a mail leaves its topic; one whose program answers does not. */
async function takeLeave(
  to: SendTokenRead,
  { raw, sender }: BroughtMail,
  { reports, playbook }: TakeMailDeps,
): Promise<readonly [Meaning, Taken]> {
  if (isAutoReply(raw, sender)) return [{ kind: 'auto-reply' }, 'unheard'];
  const tell: Tell = async (send) => {
    const version = send?.playbook === undefined ? undefined : await playbook(send.playbook);
    const topic = version?.touches.find(({ name }) => name === send?.touch)?.topic;
    const report = { kind: 'unsubscribe' } as const;
    return { report, how: 'mailto', id: identityOf(raw), ...(topic !== undefined && { topic }) };
  };
  return [{ kind: 'unsubscribe' }, await reports.ofMail(to, tell)];
}
