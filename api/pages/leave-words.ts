import { leaveEn } from './leave-words-en.ts';
import { leaveNl } from './leave-words-nl.ts';
import type { Language } from './words.ts';

export type LeaveWords = typeof leaveEn;

const WORDS: Readonly<Record<Language, LeaveWords>> = { en: leaveEn, nl: leaveNl };

/** What the pages by which customers leave, and choose, say in their language. */
export function leaveWords(language: Language): LeaveWords {
  return WORDS[language];
}
