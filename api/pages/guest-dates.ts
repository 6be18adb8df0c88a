import type { Language } from './words.ts';

/** A day as a customer reads it, `22 december 2026`. */
export function dateIn(language: Language, timeZone: string, at: number): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone }).format(new Date(at));
}

/** The months by name, from January. */
export function monthsIn(language: Language): readonly string[] {
  const format = new Intl.DateTimeFormat(localeOf(language), { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2000, month, 1)));
}

function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}
