/** A refusal that is told after the mail was taken over, or at once. */
export type Bounce = {
  readonly class: 'hard' | 'soft' | 'policy';
  /** RFC 3463, `5.1.1`. */
  readonly status?: string;
};

/** What mail systems tell of a mail, whoever tells it: a bounce message, a feedback report, a provider's webhook. */
export type DeliveryReport =
  | ({ readonly kind: 'bounce' } & Bounce)
  /** The receiver called it spam. */
  | { readonly kind: 'spam-complaint' }
  /** The receiver left, by the mail program or the provider. */
  | { readonly kind: 'unsubscribe' };

/** Soft bounces of one address after which it is given up, and within how many days. */
const SOFT_BOUNCES = 5;
const WITHIN_DAYS = 14;
const DAY_MS = 86_400_000;
/** For how long a soft bounce counts. */
export const SOFT_BOUNCES_WITHIN_MS = WITHIN_DAYS * DAY_MS;

/** A server that takes no mail at all says nothing of the mailbox (RFC 5321 §3.8). */
const CLOSING = 421;

/** Whether the code of a refusal says something of the mailbox; without one our own mail server gave up. */
export function isOfMailbox(code: number = CLOSING): boolean {
  return code !== CLOSING;
}

/**
 * Whether an address that bounced softly, so often, is given up: five different mails within two weeks, of which at
 * most one a day counts. A mailbox that is full on a day on which five mails go out is one failure, not five.
 *
 * @param bounces when each mail bounced, epoch milliseconds, one moment a mail
 * @see GNU Mailman, "Bounce processing": a score of five, raised at most once a day
 */
export function isGivenUp(bounces: readonly number[], now: number): boolean {
  const lately = bounces.filter((at) => at > now - SOFT_BOUNCES_WITHIN_MS);
  return new Set(lately.map((at) => Math.floor(at / DAY_MS))).size >= SOFT_BOUNCES;
}

const GRAVITY = { policy: 0, soft: 1, hard: 2 } as const;

/** Whether a bounce is to be told of a mail in another's place: what is final outweighs what may pass. */
export function outweighs(bounce: Bounce, kept: Bounce | undefined): boolean {
  return kept === undefined || GRAVITY[bounce.class] > GRAVITY[kept.class];
}

/** A report as a mail brings it: about whom, if it says so. */
export type AddressedReport = DeliveryReport & { readonly recipient?: string };

/**
 * The one thing that a mail tells of the mail it answers, of several reports in it. One for the very address counts;
 * else the mildest does, since one of a forwarding's targets may live while another is gone.
 *
 * @param isOurs whether an address is the one that the mail went to
 */
export function gist(
  reports: readonly AddressedReport[],
  isOurs: (address: string) => boolean,
): AddressedReport | undefined {
  const complaint = reports.find(({ kind }) => kind === 'spam-complaint');
  if (complaint) return complaint;
  const own = reports.filter(({ recipient }) => recipient !== undefined && isOurs(recipient));
  const [first, ...others] = own.length > 0 ? own : reports;
  return others.reduce((mildest, one) => (isMilder(one, mildest) ? one : mildest), first);
}

function isMilder(one: DeliveryReport, other: DeliveryReport | undefined): boolean {
  if (one.kind !== 'bounce' || other?.kind !== 'bounce') return false;
  return GRAVITY[one.class] < GRAVITY[other.class];
}
