import type { CustomerPatch } from '../../domain/event.ts';
import { WISHES } from '../../domain/own-cap.ts';
import type { ProfileQuestion } from '../../domain/profile-questions.ts';
import { answerWords } from './answer-words.ts';
import { birthdayChoices, birthdayIn } from './birthday.ts';
import type { Fields } from './forms.ts';
import type { Guest } from './guest.ts';

/** What somebody told of themselves: by question, and what it fills of what we know anyway. */
type Told = {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly customer: CustomerPatch;
};

/** Most interests that one answer names, and how long each may be. */
const MOST_INTERESTS = 20;
const LONGEST = 60;

/** Reads what was filled in; `wrong`: a day that does not exist. What is left empty is not answered. */
export function toldIn(questions: readonly ProfileQuestion[], fields: Fields): Told | 'wrong' {
  const birthday = birthdayIn(fields);
  if (birthday === 'wrong') return 'wrong';
  const read = questions.flatMap((question) => {
    const answer = question.key === 'birthday' ? birthday || undefined : answerTo(question, fields);
    return answer === undefined ? [] : [[question.key, answer] as const];
  });
  const answers = Object.fromEntries(read);
  const { interests, often } = answers;
  return {
    answers,
    customer: {
      ...(Array.isArray(interests) && { interests }),
      ...(birthday && { birthday }),
      ...(typeof often === 'number' && { everyDays: often }),
    },
  };
}

function answerTo({ key, options }: ProfileQuestion, fields: Fields) {
  const filled = (fields[`about-${key}`] ?? []).map(cleaned).filter((text) => text !== '');
  const [first] = filled;
  if (first === undefined) return undefined;
  if (key === 'often') return WISHES.find((days) => String(days) === first);
  if (key !== 'interests') return options ? chosen(options, filled)[0] : first;
  return options ? chosen(options, filled) : interestsIn(first);
}

/** What was chosen of what was offered; in English whatever it was read in, so that it is counted together. */
function chosen(
  options: NonNullable<ProfileQuestion['options']>,
  filled: readonly string[],
): readonly string[] {
  return options.flatMap(({ en }) => (filled.includes(en) ? [en] : []));
}

function interestsIn(text: string): readonly string[] {
  const named = text.split(',').map((name) => name.trim().slice(0, LONGEST));
  return [...new Set(named.filter((name) => name !== ''))].slice(0, MOST_INTERESTS);
}

/** One line, without what cannot be seen. */
function cleaned(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

/** How a question stands on the page; every field is there, as the views are strict. */
export function questionShown(
  question: ProfileQuestion,
  { visit, words, customer }: Guest,
  answered: Readonly<Record<string, unknown>>,
) {
  const { language } = visit;
  const { about } = answerWords(language);
  const { key, title } = question;
  const was = answered[key];
  const base = { key, value: '', isText: false, options: undefined, date: undefined, hint: '' };
  const named = { ...base, title: title?.[language] ?? '' };
  if (key === 'birthday') {
    const { birthday } = customer.known.profile;
    const date = { day: words.day, month: words.month, ...birthdayChoices(language, birthday) };
    return { ...named, title: title?.[language] ?? about.birthday, hint: about.birthdayHint, date };
  }
  if (key === 'often') {
    return { ...named, title: title?.[language] ?? about.often, options: oftenShown(words.often, was) };
  }
  const isList = key === 'interests';
  const texts = isList ? { title: title?.[language] ?? about.interests, hint: about.interestsHint } : {};
  const { options } = question;
  if (!options) return { ...named, ...texts, isText: true, value: textOf(was) };
  return { ...named, ...texts, hint: '', options: optionsShown(question, options, was, language) };
}

function oftenShown(labels: Guest['words']['often'], was: unknown) {
  return WISHES.map((days) => ({
    ...{ type: 'radio', name: 'about-often', value: String(days), label: labels[days] },
    isChosen: was === days,
  }));
}

function optionsShown(
  { key }: ProfileQuestion,
  options: NonNullable<ProfileQuestion['options']>,
  was: unknown,
  language: 'nl' | 'en',
) {
  const chosenBefore: readonly unknown[] = Array.isArray(was) ? was : [was];
  return options.map((option) => ({
    ...{ type: key === 'interests' ? 'checkbox' : 'radio', name: `about-${key}` },
    ...{ value: option.en, label: option[language], isChosen: chosenBefore.includes(option.en) },
  }));
}

function textOf(was: unknown): string {
  return Array.isArray(was) ? was.join(', ') : typeof was === 'string' ? was : '';
}
