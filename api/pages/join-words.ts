import { joinEn } from './join-words-en.ts';
import { joinNl } from './join-words-nl.ts';
import { type Language, readable } from './words.ts';

export type JoinWords = typeof joinEn;

const WORDS: Readonly<Record<Language, JoinWords>> = { en: joinEn, nl: joinNl };

/** What the page by which people join says, in a visitor's language. */
export function joinWords(language: Language): JoinWords {
  return WORDS[language];
}

/** A topic as people read it, and what it brings; one of the playbook's own goes by its name. */
export function topicWords(
  { topicNames }: JoinWords,
  topic: string,
): { readonly name: string; readonly note: string | undefined } {
  const known: Readonly<Record<string, readonly string[]>> = topicNames;
  const [name = readable(topic), note] = known[topic] ?? [];
  return { name, note };
}
