import type { Language } from './languages.ts';
import { remembered } from './remembered.ts';

/** A subject of mail, as people read of it when they choose. */
export type Topic = {
  readonly title: InWords;
  /** One line that explains it. */
  readonly note: InWords;
  /** `service`: what a customer waits for; it needs no consent, and cannot be left. */
  readonly kind: 'marketing' | 'service';
};

/** A text in each language. */
export type InWords = Readonly<Record<Language, string>>;
type Topics = Readonly<Record<string, Topic>>;

/** What is there without being named. */
const DEFAULT_TOPICS: Topics = {
  news: {
    title: { nl: 'Nieuws', en: 'News' },
    note: { nl: 'Wat er nieuw is, en wat er terug is', en: 'What is new, and what is back' },
    kind: 'marketing',
  },
  offers: {
    title: { nl: 'Aanbiedingen', en: 'Offers' },
    note: { nl: 'Wat er tijdelijk voordeliger is', en: 'What costs less for a while' },
    kind: 'marketing',
  },
  tips: {
    title: { nl: 'Tips', en: 'Tips' },
    note: {
      nl: 'Hoe je geniet van wat je hebt, en het goed houdt',
      en: 'How to enjoy what you have, and keep it well',
    },
    kind: 'marketing',
  },
  surveys: {
    title: { nl: 'Vragen', en: 'Questions' },
    note: { nl: 'Af en toe vragen we wat je vindt', en: 'Now and then we ask what you think' },
    kind: 'marketing',
  },
  service: {
    title: { nl: 'Over je bestellingen', en: 'About your orders' },
    note: { nl: 'Wat je moet weten over wat je kocht', en: 'What you have to know of what you bought' },
    kind: 'service',
  },
};

type WithTopics = { readonly topics?: Topics };

const named = remembered(({ topics = {} }: WithTopics): Topics => ({ ...DEFAULT_TOPICS, ...topics }));

/** All topics of a playbook: its own, and those that are there without being named. */
export function topicsIn(playbook: WithTopics): Topics {
  return named(playbook);
}

/** A topic in words; one that is not named goes by its key. */
export function topicWords(
  playbook: WithTopics,
  topic: string,
  language: Language,
): { readonly name: string; readonly note: string | undefined } {
  const known = topicsIn(playbook)[topic];
  return known
    ? { name: known.title[language], note: known.note[language] }
    : { name: readable(topic), note: undefined };
}

/** The topics that are about marketing, of some. */
export function marketingAmong(playbook: WithTopics, topics: readonly string[]): readonly string[] {
  return topics.filter((topic) => topicsIn(playbook)[topic]?.kind !== 'service');
}

/** `early-access` as people read it: `Early access`. */
function readable(key: string): string {
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
