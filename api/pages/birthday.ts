import type { Fields } from './forms.ts';
import { monthsIn } from './guest-dates.ts';
import type { Language } from './words.ts';

/** `06-21`; empty where neither day nor month is chosen; undefined where nobody asked. */
export function birthdayIn(fields: Fields): string | 'wrong' | undefined {
  if (!fields.day || !fields.month) return undefined;
  const [day = '', month = ''] = [fields.day[0], fields.month[0]];
  if (day === '' && month === '') return '';
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day))); // a leap year
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isDay ? date.toISOString().slice(5, 10) : 'wrong';
}

/** The days and months to choose from, with those of a birthday chosen. */
export function birthdayChoices(language: Language, birthday = '') {
  const [month, day] = birthday.slice(-5).split('-').map(Number);
  return {
    days: Array.from({ length: 31 }, (_, i) => ({ value: i + 1, isChosen: day === i + 1 })),
    months: monthsIn(language).map((label, i) => ({ value: i + 1, label, isChosen: month === i + 1 })),
  };
}
