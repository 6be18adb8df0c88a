import { answerEn } from './answer-words-en.ts';
import { answerNl } from './answer-words-nl.ts';
import type { Language } from './words.ts';

export type AnswerWords = typeof answerEn;

const WORDS: Readonly<Record<Language, AnswerWords>> = { en: answerEn, nl: answerNl };

/** What the page on which customers answer says in their language. */
export function answerWords(language: Language): AnswerWords {
  return WORDS[language];
}
