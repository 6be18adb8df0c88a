import { attitudeOf } from './attitude.ts';
import type { EventData, StoredEvent } from './event.ts';
import { textHash } from './hash.ts';

/** A complaint that was told as an answer or a review: its identity without the source, and what it says. */
type LetDown = { readonly id: string; readonly data: EventData };

/** Whether a score with words is to be put right by a person: a low one whose giver says why. */
export function isLetDown(question: string | undefined, score: number, words: string): boolean {
  return words.trim() !== '' && attitudeOf(question, score) === 'detractor';
}

/**
 * The complaint that is in a score which others report, or undefined. What is said on our own page is settled there.
 *
 * History opens nothing: nobody waits for an answer to a review of years ago.
 */
export function complaintIn({ id, type, acts, data = {} }: StoredEvent): LetDown | undefined {
  const isReview = type === 'review';
  if (!acts || id.startsWith('rapport/') || (!isReview && type !== 'feedback')) return undefined;
  const { question, score, orderId } = data;
  const text = isReview ? data.text : data.comment;
  if (score === undefined || text === undefined || !isLetDown(question, score, text)) return undefined;
  const told = {
    text,
    score,
    via: isReview ? ('review' as const) : ('answer' as const),
    ...(orderId && { orderId }),
  };
  return { id: `low-score.${textHash(id).slice(0, 32)}`, data: told };
}
