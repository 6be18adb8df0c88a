import type { z } from 'zod';
import type { MetThroughAnswer } from '../met-through-answer.ts';
import { joinWords } from './join-words.ts';
import { entryOf, type Language, readable, WORDS } from './words.ts';

/** How many ways have a line of their own; the others share one. */
const LINES = 8;

type Counted = Pick<z.output<typeof MetThroughAnswer>['channels'][number], 'customers' | 'ordered'>;

/** The ways customers met the shop, as lines of a table, who did not say last; none while nobody told. */
export function metTable({ channels }: z.output<typeof MetThroughAnswer>, language: Language) {
  if (channels.every(({ channel }) => channel === null)) return [];
  const ways = channels.toSorted((a, b) => Number(a.channel === null) - Number(b.channel === null));
  const others = ways.slice(LINES);
  const { metOthers } = WORDS[language].page;
  const lines = ways.slice(0, LINES).map((way) => line(channelName(way.channel, language), way, language));
  return others.length === 0 ? lines : [...lines, line(metOthers, together(others), language)];
}

function line(channel: string, { customers, ordered }: Counted, language: Language) {
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return {
    channel,
    customers: number.format(customers),
    ordered: number.format(ordered),
    share: percent.format(ordered / customers),
  };
}

function together(ways: readonly Counted[]): Counted {
  const sum = (of: (way: Counted) => number) => ways.reduce((total, way) => total + of(way), 0);
  return { customers: sum(({ customers }) => customers), ordered: sum(({ ordered }) => ordered) };
}

/** A channel as people read it; a shop's own goes by its name. */
export function channelName(channel: string | null, language: Language): string {
  if (channel === null) return WORDS[language].page.metUnknown;
  const known: Readonly<Record<string, string>> = joinWords(language).channelNames;
  return entryOf(known, channel) ?? readable(channel);
}
