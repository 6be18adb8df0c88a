import type { Known } from './customer.ts';
import type { StoredEvent } from './event.ts';
import { latest, replaces } from './precedence.ts';

type Feedback = Known['feedback'];

/** Adds an answer: of each question the last one counts. */
export function foldFeedback(feedback: Feedback, { type, data, at }: StoredEvent): Feedback {
  if (type !== 'feedback' || data?.score === undefined) return feedback;
  const told = { score: data.score, at };
  const answered = { ...feedback, lastAt: latest(feedback.lastAt, at) };
  const { question } = data;
  if (question !== 'nps' && question !== 'product') return answered;
  return replaces(told, feedback[question]) ? { ...answered, [question]: told } : answered;
}
