import { isTelling } from '../../domain/interval.ts';
import type { Result } from '../../domain/results.ts';
import type { Uplift } from '../../domain/uplift.ts';
import { fill, type Language, WORDS } from './words.ts';

/** Pictures are so wide, whatever stands in them. */
const PICTURE_WIDTH = 100;

/** The least half width of an axis of differences: five points, so that little does not look like much. */
const LEAST_REACH = 0.05;

/** By what the pictures of one page are drawn, so that they can be held beside each other. */
export type Scale = {
  /** The rate that fills a picture, 0–1. */
  readonly rate: number;
  /** The difference at either end of an axis, 0–1. */
  readonly reach: number;
};

export function scaleOf(results: readonly Result[]): Scale {
  const rates = results.flatMap((result) => ratesOf(result).map(({ rate }) => rate));
  const bounds = results.flatMap(({ uplift }) => ('low' in uplift ? [-uplift.low, uplift.high] : []));
  return { rate: Math.max(0.01, ...rates), reach: Math.max(LEAST_REACH, ...bounds) };
}

/** What mails did to orders, in words and as pictures; where little is counted, in words alone. */
export function upliftShown(result: Result, scale: Scale, language: Language) {
  const { uplift, kind, arms, ordered, followed } = result;
  const words = WORDS[language].results;
  const percent = percentIn(language);
  const number = new Intl.NumberFormat(language);
  const bars = ratesOf(result).map(({ of, rate, count }) => ({
    label: fill(words[of], { rate: percent(rate), count: number.format(count) }),
    width: (rate / scale.rate) * PICTURE_WIDTH,
    isWithout: of === 'withoutIt',
  }));
  const few = { ordered: number.format(ordered), count: number.format(followed) };
  return {
    bars,
    few: bars.length === 0 && followed > 0 ? fill(words.orderedFew, few) : '',
    interval: 'low' in uplift ? intervalOf(uplift, scale) : undefined,
    tone: uplift.kind,
    verdict: kind === 'service' && arms.holdout.customers === 0 ? words.service : verdictOf(uplift, language),
  };
}

/** The rates that say something: of both sides where they can be compared, else of the mails alone. */
function ratesOf({ uplift, arms, ordered, followed }: Result) {
  if ('low' in uplift) {
    const { treated, holdout } = arms;
    return [
      { of: 'withIt', rate: treated.ordered / treated.customers, count: treated.customers } as const,
      { of: 'withoutIt', rate: holdout.ordered / holdout.customers, count: holdout.customers } as const,
    ];
  }
  const isEnough = isTelling({ count: ordered, of: followed });
  return isEnough ? [{ of: 'ordered', rate: ordered / followed, count: followed } as const] : [];
}

/** Where an interval begins, how wide it is, and where its middle stands. */
function intervalOf({ low, high, difference }: Extract<Uplift, { low: number }>, { reach }: Scale) {
  const place = (at: number) => ((at + reach) / (2 * reach)) * PICTURE_WIDTH;
  return { x: place(low), width: place(high) - place(low), middle: place(difference) };
}

function verdictOf(uplift: Uplift, language: Language): string {
  const words = WORDS[language].results.verdicts;
  if (!('low' in uplift)) return words[uplift.kind];
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const points = (difference: number) => format.format(difference * 100);
  const { difference, low, high } = uplift;
  return fill(words[uplift.kind], {
    ...{ difference: points(difference), low: points(low), high: points(high) },
  });
}

export function percentIn(language: Language) {
  const format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (rate: number) => format.format(rate);
}
