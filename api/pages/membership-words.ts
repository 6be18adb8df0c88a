import type { TierFrom } from '../../domain/tier.ts';
import { membershipEn } from './membership-words-en.ts';
import { membershipNl } from './membership-words-nl.ts';
import { moneyIn } from './story-events.ts';
import { fill, type Language } from './words.ts';

export type MembershipWords = typeof membershipEn;

const WORDS: Readonly<Record<Language, MembershipWords>> = { en: membershipEn, nl: membershipNl };

/** What the page of a membership says in the customer's language. */
export function membershipWords(language: Language): MembershipWords {
  return WORDS[language];
}

/** `120 points`, `1 order`, `€ 250,00 of orders`. */
export function amountInWords(amount: TierFrom, language: Language): string {
  const words = WORDS[language];
  if (amount.kind === 'spent') {
    return fill(words.spent, { money: moneyIn(language, amount.amount, amount.currency) });
  }
  return counted(words[amount.kind], amount.amount, language);
}

export function pointsInWords(points: number, language: Language): string {
  return counted(WORDS[language].points, points, language);
}

function counted({ one, other }: MembershipWords['points'], count: number, language: Language): string {
  return count === 1 ? one : fill(other, { count: new Intl.NumberFormat(language).format(count) });
}
