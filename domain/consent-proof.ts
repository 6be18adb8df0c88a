import type { ConsentEvidence, ConsentGiven, StoredEvent } from './event.ts';
import { textHash } from './hash.ts';

/** What stands for all marketing where a topic is expected; no topic can be called so. */
const ALL_TOPICS = '*';

/**
 * One consent given or withdrawn, as it can be shown years later (GDPR art. 7(1)): about whom, to what, when, by what.
 *
 * It names nobody: the keyed hash of the address says whose it is, to whoever has the address and the key.
 */
export type ConsentProof = {
  /** `<event id>/<topic>`: an event tells of a topic once. */
  readonly id: string;
  readonly customerId: string;
  readonly addressKey?: string;
  /** `*`: all marketing. */
  readonly topic: string;
  readonly change: 'given' | 'withdrawn';
  readonly basis?: 'consent' | 'soft-opt-in' | 'service';
  /** Of a soft opt-in: the order it came with (Directive 2002/58/EC art. 13(2)). */
  readonly order?: string;
  /** What was agreed to, to the letter. */
  readonly wording?: string;
  readonly wordingVersion?: string;
  /** SHA-256 of the wording. */
  readonly wordingHash?: string;
  readonly locale?: string;
  /** The system that reported it, and in what. */
  readonly source: string;
  readonly type: string;
  /** Of a withdrawal: `one-click`, `page`, `mailto`, `provider`, `reply`, `team`. */
  readonly how?: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly undated?: true;
  readonly imported?: true;
  readonly evidence: ConsentEvidence;
};

/**
 * What an event proves of consents, topic by topic; nothing where it tells of none.
 *
 * @param addressKey of the customer's address after the event
 */
export function proofsOf(event: StoredEvent, addressKey: string | undefined): ConsentProof[] {
  const entries = new Map(toldBy(event).map((entry) => [entry.topic, entry])); // of two the last, as it is folded
  return [...entries.values()].map((entry) => {
    const key = event.customer?.emailKey ?? addressKey;
    const { id, customerId, type, at, receivedAt } = event;
    return {
      ...{ id: `${id}/${entry.topic}`, customerId, topic: entry.topic, type, at, receivedAt },
      source: id.slice(0, id.indexOf('/')),
      ...(key !== undefined && { addressKey: key }),
      ...(entry.undated && { undated: true as const }),
      ...(entry.imported && { imported: true as const }),
      ...('basis' in entry ? givenBy(entry, event) : withdrawnBy(event)),
    };
  });
}

/** What an event tells of consents, topic by topic: leaving one is withdrawing it, and so is leaving all. */
function toldBy({ type, consent = [], data }: StoredEvent): readonly ConsentGiven[] {
  if (type !== 'unsubscribe' && type !== 'spam-complaint') return consent;
  const topic = type === 'unsubscribe' && typeof data?.topic === 'string' ? data.topic : ALL_TOPICS;
  return [...consent, { topic, withdrawn: true }];
}

function givenBy(entry: Extract<ConsentGiven, { basis: string }>, { data, type, at }: StoredEvent) {
  const { basis, wording, wordingVersion, locale, evidence } = entry;
  const order = basis === 'soft-opt-in' ? data?.orderId : undefined;
  return {
    ...{ change: 'given' as const, basis },
    ...(order !== undefined && { order }),
    ...(wording !== undefined && { wording, wordingHash: textHash(wording) }),
    ...(wordingVersion !== undefined && { wordingVersion }),
    ...(locale !== undefined && { locale }),
    evidence: { ...(type === 'sign-up' && signedUp(data, at)), ...evidence },
  };
}

function withdrawnBy({ data }: StoredEvent) {
  const { how } = data ?? {};
  return { change: 'withdrawn' as const, ...(typeof how === 'string' && { how }), evidence: {} };
}

/** What a sign-up tells of how it came about: the form, and the link that was opened. */
function signedUp(data: StoredEvent['data'] = {}, at: number): ConsentEvidence {
  const { form, where, askedAt, confirmed } = data;
  return {
    ...(typeof form === 'string' && { form }),
    ...(typeof where === 'string' && { where: where.replace(/[?#].*$/s, '') }), // what follows may tell who it was
    ...(typeof askedAt === 'string' && { askedAt }),
    ...(confirmed === 'link' && { confirmedAt: new Date(at).toISOString() }),
  };
}

/** What a proof says of whether its topic is wanted. */
type Said = Pick<ConsentProof, 'topic' | 'change' | 'basis' | 'at'>;

/**
 * Leaves out what the person of an address has refused before, as another customer who was erased since, and does not
 * consent to now: ordering again is no consent to what was refused (Directive 2002/58/EC art. 13(2)). A consent of
 * their own given later lifts a refusal.
 *
 * @param said of the address, in any order
 */
export function withoutRefused<Entry extends ConsentGiven>(
  given: readonly Entry[],
  said: readonly Said[],
): readonly Entry[] {
  const refusedAt = (topic: string) =>
    latest(said, (one) => one.change === 'withdrawn' && isAbout(one, topic));
  const agreedAt = (topic: string) => latest(said, (one) => one.basis === 'consent' && one.topic === topic);
  return given.filter((entry) => {
    return !isNoConsent(entry) || refusedAt(entry.topic) <= agreedAt(entry.topic);
  });
}

/** Whether an entry grants a topic on something else than what the customer said. */
export function isNoConsent(entry: ConsentGiven): boolean {
  return 'basis' in entry && entry.basis !== 'consent';
}

function isAbout({ topic }: Said, asked: string): boolean {
  return topic === asked || topic === ALL_TOPICS;
}

/** When the last of these was said, epoch milliseconds; 0: never. */
function latest(said: readonly Said[], fits: (one: Said) => boolean): number {
  return said.filter(fits).reduce((last, { at }) => Math.max(last, at), 0);
}
