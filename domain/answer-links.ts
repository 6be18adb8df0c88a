import { SCALES } from './asks.ts';

/** Where the answers to what a mail asks lead: to the page of the question, with that answer chosen. */
export type AnswerLinks = {
  /** Without an answer. */
  readonly page: string;
  /** From 0 to 10. */
  readonly scores: readonly { readonly score: number; readonly answerUrl: string }[];
  /** One to five stars; of three smileys the first, the third and the last. */
  readonly worst: string;
  readonly poor: string;
  readonly middle: string;
  readonly good: string;
  readonly best: string;
};

/** @param page the link by which the mail's question is answered */
export function answerLinks(page: string): AnswerLinks {
  const to = (score: number) => `${page}&score=${score}`;
  const [worst = 0, poor = 0, middle = 0, good = 0, best = 0] = SCALES.stars;
  return {
    page,
    scores: SCALES.numbers.map((score) => ({ score, answerUrl: to(score) })),
    ...{ worst: to(worst), poor: to(poor), middle: to(middle), good: to(good), best: to(best) },
  };
}
