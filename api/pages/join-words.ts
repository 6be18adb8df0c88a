import { joinEn } from './join-words-en.ts';
import { joinNl } from './join-words-nl.ts';
import type { Language } from './words.ts';

export type JoinWords = typeof joinEn;

const WORDS: Readonly<Record<Language, JoinWords>> = { en: joinEn, nl: joinNl };

/** What the page by which people join says, in a visitor's language. */
export function joinWords(language: Language): JoinWords {
  return WORDS[language];
}
