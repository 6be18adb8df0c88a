import type { FastifyRequest } from 'fastify';
import { en } from './words-en.ts';
import { enCases } from './words-en-cases.ts';
import { enMail } from './words-en-mail.ts';
import { enResults } from './words-en-results.ts';
import { enSending } from './words-en-sending.ts';
import { enSends } from './words-en-sends.ts';
import { enTasks } from './words-en-tasks.ts';
import { enTold } from './words-en-told.ts';
import { nl } from './words-nl.ts';
import { nlCases } from './words-nl-cases.ts';
import { nlMail } from './words-nl-mail.ts';
import { nlResults } from './words-nl-results.ts';
import { nlSending } from './words-nl-sending.ts';
import { nlSends } from './words-nl-sends.ts';
import { nlTasks } from './words-nl-tasks.ts';
import { nlTold } from './words-nl-told.ts';

export const LANGUAGES = ['en', 'nl'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Touches have names of their own in the playbook; `touches` translates those of the default one. */
export type Words = Omit<typeof en, 'touches'> & {
  readonly touches: Readonly<Record<string, string>>;
} & typeof enCases &
  typeof enMail &
  typeof enResults &
  typeof enSending &
  typeof enSends &
  typeof enTasks &
  typeof enTold;

export const WORDS: Readonly<Record<Language, Words>> = {
  en: { ...en, ...enCases, ...enMail, ...enResults, ...enSending, ...enSends, ...enTasks, ...enTold },
  nl: { ...nl, ...nlCases, ...nlMail, ...nlResults, ...nlSending, ...nlSends, ...nlTasks, ...nlTold },
};

/** The cookie that keeps a chosen language. */
export const LANGUAGE_COOKIE = 'rapport_language';

/** The language a visitor reads: chosen, kept, or the first of the browser's that we speak. */
export function languageOf({ query, cookies, headers }: FastifyRequest): Language {
  const accepted = (headers['accept-language'] ?? '').split(',').map((part) => part.trim().slice(0, 2));
  const wishes = [chosenLanguage(query), cookies[LANGUAGE_COOKIE], ...accepted];
  return wishes.flatMap((wish) => LANGUAGES.filter((language) => language === wish))[0] ?? 'en';
}

/** The language asked for in the address, `?lang=nl`. */
export function chosenLanguage(query: unknown): Language | undefined {
  if (typeof query !== 'object' || query === null || !('lang' in query)) return undefined;
  return LANGUAGES.find((language) => language === query.lang);
}

/** What a table says of a name that comes from outside; never what every object has by itself, as `constructor`. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Fills the `{names}` of a sentence, and begins it with a capital. */
export function say(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return capital(fill(sentence, values));
}

/** Fills the `{names}` of a part of a sentence. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name of the playbook, `good-to-know`, as a person reads it. */
export function readable(name: string): string {
  return capital(name.replaceAll(/[-_]+/g, ' '));
}
