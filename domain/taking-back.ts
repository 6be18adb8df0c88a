import type { ConsentProof } from './consent-proof.ts';
import type { Customer } from './customer.ts';

/** For how long somebody may say that they left by mistake: whoever did sees so at once, or on the same day. */
const MISTAKE_MS = 86_400_000;

/** The ways of leaving that a mail's own link has. */
const BY_THE_LINK = ['page', 'one-click'];

/** A topic that is given back, and the proof of its withdrawal. */
type TakenBack = { readonly topic: string; readonly restores: string };

/**
 * What somebody left by the link of a mail a moment ago, of the topics they ask back: what they had consented to for
 * their address of now, and nothing else. Having clicks counted is never given back: that is chosen for itself.
 *
 * @param asked topics, of anybody's making
 * @param proofs of this customer, the latest first
 * @param now epoch milliseconds
 */
export function takenBack(
  customer: Customer,
  asked: readonly string[],
  proofs: readonly ConsentProof[],
  now: number,
): readonly TakenBack[] {
  const { emailKey } = customer.known.profile;
  return [...new Set(asked)].flatMap((topic) => {
    if (topic === 'clicks') return [];
    const about = proofs.filter((proof) => proof.topic === topic || proof.topic === '*');
    const left = about.findIndex(({ change }) => change === 'withdrawn');
    const [leaving, before] = about.slice(left);
    const isTheirs = before?.addressKey === undefined || before.addressKey === emailKey;
    const had = before?.change === 'given' && before.basis !== 'service' && isTheirs;
    return leaving && had && isJustLeft(leaving, now) ? [{ topic, restores: leaving.id }] : [];
  });
}

function isJustLeft({ change, how = '', at }: ConsentProof, now: number): boolean {
  return change === 'withdrawn' && BY_THE_LINK.includes(how) && now - at < MISTAKE_MS;
}
