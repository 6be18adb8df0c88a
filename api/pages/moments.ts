import { DateTime } from 'luxon';
import type { Language } from './words.ts';

/** A moment as a page shows it, with what a machine reads of it. */
export type Shown = { readonly iso: string; readonly text: string };

/** Moments in words, in one language and one time zone. */
export type Moments = ReturnType<typeof momentsIn>;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl-NL' };

/**
 * Puts moments into words as a person in that zone would say them.
 *
 * @param now epoch milliseconds; what is near it is named by its distance: today, tomorrow, yesterday
 */
export function momentsIn(language: Language, zone: string, now: number) {
  const locale = LOCALES[language];
  const local = (at: number) => DateTime.fromMillis(at, { zone, locale });
  const today = local(now).startOf('day');
  const withYear = (at: number) => (local(at).year === today.year ? '' : ' yyyy');
  const day = (at: number) => nearDay(local(at), today) ?? local(at).toFormat(`ccc d MMM${withYear(at)}`);
  const shown = (at: number, text: string): Shown => ({ iso: new Date(at).toISOString(), text });

  return {
    locale,
    shown,
    /** `tomorrow 09:30`, `Sat 5 Dec 09:30` */
    when: (at: number) => `${day(at)} ${local(at).toFormat('HH:mm')}`,
    /** `Sat 5 December`, as a heading. */
    heading: (at: number) => local(at).toFormat(`ccc d MMMM${withYear(at)}`),
    /** `5 December 2026` */
    date: (at: number) => local(at).toFormat('d MMMM yyyy'),
    /** `in 3 weeks`, `2 hours ago` */
    away: (at: number) => local(at).toRelative({ base: local(now) }) ?? '',
    time: (at: number) => shown(at, local(at).toFormat('HH:mm')),
  };
}

/** `today`, `tomorrow`, `yesterday`, for those; nothing for any other day. */
function nearDay(moment: DateTime, today: DateTime): string | undefined {
  const days = Math.round(moment.startOf('day').diff(today, 'days').days);
  if (Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(moment.locale ?? 'en', { numeric: 'auto' }).format(days, 'day');
}
