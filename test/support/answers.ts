import type { ApiDeps } from '../../api/deps.ts';
import { type Answer, answered } from '../../domain/answer.ts';
import { NOON } from './builders.ts';

/** Answers in memory, kept by the rules. */
export function fakeAnswers({
  answers,
  received,
}: {
  readonly answers: Answer[];
  readonly received: unknown[];
}): ApiDeps['answers'] {
  const find = async (key: string) => answers.find((answer) => answer.key === key);
  return {
    find,
    async keep(asked, telling) {
      const before = await find(asked.key);
      const kept = answered(asked, before, telling, NOON);
      if (kept) {
        received.push(...kept.events);
        answers.splice(before ? answers.indexOf(before) : answers.length, before ? 1 : 0, kept.answer);
      }
      return kept?.answer ?? before ?? Promise.reject(new Error('nothing was said'));
    },
    ofCustomer: async (_id, limit, before = Infinity) =>
      answers.filter(({ at }) => at < before).slice(0, limit),
  };
}
