import { SCORED } from './asks.ts';
import type { Known } from './customer.ts';
import type { EventData, StoredEvent } from './event.ts';
import { latest, replaces } from './precedence.ts';

type Feedback = Known['feedback'];

/** Adds an answer: of each question the last one counts. */
export function foldFeedback(feedback: Feedback, { type, data = {}, at }: StoredEvent): Feedback {
  const { score } = data;
  const isWord = data.question === 'open' && type === 'feedback';
  if ((type !== 'feedback' && type !== 'review') || (score === undefined && !isWord)) return feedback;
  const answered = { ...feedback, lastAt: latest(feedback.lastAt, at) };
  const question = questionIn(type, data);
  if (question === undefined || score === undefined) return answered;
  const told = { score, at };
  return replaces(told, feedback[question]) ? { ...answered, [question]: told } : answered;
}

/** What a score is about: a review, wherever it was written, counts as one of the product. */
function questionIn(type: string, { question }: EventData) {
  return type === 'review' ? 'product' : SCORED.find((scored) => scored === question);
}
