import { z } from 'zod';
import { InWords, LongSpan, Money, Name, When } from './playbook-terms.ts';
import { strict, wrong } from './strict.ts';
import { didYouMean } from './suggest.ts';
import { SURPRISE_KINDS } from './surprise.ts';

const NO_AMOUNT = 'is not an amount; write 500 EUR, or a number of grants such as 40';

/** A word of a list; another is refused with the one that was probably meant. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, message: string) {
  const hint = (input: unknown) => (typeof input === 'string' ? didYouMean(input, words) : undefined);
  return z.enum(words, {
    error: ({ input }) =>
      input === undefined ? undefined : `${message}; ${hint(input) ?? `known: ${words.join(', ')}`}`,
  });
}

/** Money, or so many grants. */
const Amount = z.union([Money, z.int().min(1, NO_AMOUNT).max(1_000_000, NO_AMOUNT)], {
  error: wrong(NO_AMOUNT),
});

const Budget = strict({
  amount: Amount,
  per: LongSpan,
  spread: z.boolean().default(true),
  perTier: z.record(Name, Amount).exactOptional(),
});

/** What is given unannounced, how much of it, and how often. */
export const SurpriseTerm = strict({
  kind: oneOf(SURPRISE_KINDS, 'is not a kind of surprise'),
  title: InWords.exactOptional(),
  value: Money.exactOptional(),
  budget: Budget.exactOptional(),
  oncePer: LongSpan.exactOptional(),
  most: z.int().min(1).max(1_000).exactOptional(),
  expires: LongSpan.exactOptional(),
  pool: Name.exactOptional(),
  when: When.exactOptional(),
});
