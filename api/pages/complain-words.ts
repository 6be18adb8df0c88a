import { complainEn } from './complain-words-en.ts';
import { complainNl } from './complain-words-nl.ts';
import type { Language } from './words.ts';

export type ComplainWords = typeof complainEn;

const WORDS: Readonly<Record<Language, ComplainWords>> = { en: complainEn, nl: complainNl };

/** What the page by which customers tell that something is wrong says in their language. */
export function complainWords(language: Language): ComplainWords {
  return WORDS[language];
}
