import type { CaseNews } from '../domain/case-news.ts';
import type { Shop } from '../domain/playbook.ts';

const WORDS = {
  en: {
    severity: { low: 'low', normal: 'normal', high: 'HIGH' },
    via: {
      api: 'through the shop',
      answer: 'with an answer to a question',
      form: 'through the form',
      reply: 'by replying to a mail',
      review: 'in a review',
      webhook: 'through the shop',
    },
    subject: {
      opened: 'A customer complains ({severity})',
      reopened: 'A complaint is open again ({severity})',
      reminder: 'A complaint waits for its first answer ({severity})',
      escalated: 'A complaint was not answered in time ({severity})',
      unresolved: 'A complaint has been open since {opened} ({severity})',
    },
    text: {
      opened: 'A customer complained {via}, on {opened}.',
      reopened: 'A complaint that was resolved is open again.',
      reminder: 'Nobody has answered yet a complaint that came {via}, on {opened}.',
      escalated: 'A complaint that came {via}, on {opened}, should have had an answer by {answerBy}.',
      unresolved: 'A complaint that came {via}, on {opened}, is still not resolved.',
    },
    due: 'Answer before {answerBy}.',
    silent: 'This customer gets no marketing until it is resolved.',
    here: 'Read it, answer it and resolve it here:',
  },
  nl: {
    severity: { low: 'licht', normal: 'gewoon', high: 'ERNSTIG' },
    via: {
      api: 'via de winkel',
      answer: 'bij een antwoord op een vraag',
      form: 'via het formulier',
      reply: 'als antwoord op een mail',
      review: 'in een beoordeling',
      webhook: 'via de winkel',
    },
    subject: {
      opened: 'Een klant heeft een klacht ({severity})',
      reopened: 'Een klacht is weer open ({severity})',
      reminder: 'Een klacht wacht op een eerste antwoord ({severity})',
      escalated: 'Een klacht is niet op tijd beantwoord ({severity})',
      unresolved: 'Een klacht staat al open sinds {opened} ({severity})',
    },
    text: {
      opened: 'Een klant heeft {via} een klacht gestuurd, op {opened}.',
      reopened: 'Een klacht die was opgelost, is weer open.',
      reminder: 'Niemand heeft nog geantwoord op een klacht die {via} kwam, op {opened}.',
      escalated: 'Een klacht die {via} kwam, op {opened}, had vóór {answerBy} een antwoord moeten hebben.',
      unresolved: 'Een klacht die {via} kwam, op {opened}, is nog steeds niet opgelost.',
    },
    due: 'Antwoord vóór {answerBy}.',
    silent: 'Deze klant krijgt geen marketing tot het is opgelost.',
    here: 'Hier kun je hem lezen, beantwoorden en oplossen:',
  },
} as const;

type Circumstances = { readonly shop: Shop; readonly publicUrl: string; readonly locale: 'nl' | 'en' };

/** What the team is told of a case: never what the customer wrote, as a mail is not forgotten with it. */
export function caseLetter(news: CaseNews, { shop: { timeZone }, publicUrl, locale }: Circumstances) {
  const words = WORDS[locale];
  const { what, via, severity, caseId } = news;
  const moment = (at: number) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at);
  const values = {
    via: words.via[via],
    severity: words.severity[severity],
    opened: moment(news.openedAt),
    answerBy: moment(news.answerBy),
  };
  const isDue = what === 'opened' || what === 'reopened' || what === 'reminder';
  const lines = [words.text[what], ...(isDue ? [words.due] : []), words.silent, words.here];
  const written = [
    ...lines.map((line) => fill(line, values)),
    `${publicUrl}/cases/${encodeURIComponent(caseId)}`,
  ];
  return { subject: fill(words.subject[what], values), text: written.join('\n\n') };
}

/** Puts values where a text names them. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
