import { z } from 'zod';
import { Line } from './incoming-customer.ts';
import type { EarnRule, Loyalty } from './loyalty.ts';
import { minorUnitsOf } from './money.ts';
import { Cap, EventName, LongSpan, Money, named, SpanText, When } from './playbook-terms.ts';
import { strict, wrong } from './strict.ts';
import { TierTerms } from './tier-terms.ts';

const MOST_POINTS = 100_000;

const NO_URL = 'is not a web address; write https://shop.example/terms';
const NO_POINTS = 'is not a number of points; write a whole one from 1 to 100000';

/** `1 EUR`, in minor units. */
const Amount = Money.transform((text, context) => {
  const [value = '', currency = ''] = text.split(' ');
  const amount = minorUnitsOf(value, currency);
  if (amount !== undefined && amount > 0) return { amount, currency };
  context.addIssue('is not an amount to count by; write 1 EUR');
  return z.NEVER;
});

const Value = z.union([z.string().max(200), z.number(), z.boolean()], {
  error: wrong('is not a plain value; write a text, a number, true or false'),
});

const Earn: z.ZodType<EarnRule, unknown> = strict({
  on: EventName,
  points: z.int(NO_POINTS).min(1, NO_POINTS).max(MOST_POINTS, NO_POINTS),
  per: Amount.exactOptional(),
  where: z.record(z.string(), Value).exactOptional(),
  when: When.exactOptional(),
  most: Cap.exactOptional(),
});

const Points = strict({
  earn: named(Earn),
  pendingFor: SpanText.default({ days: 14 }), // Directive 2011/83/EU, article 9: to withdraw from a sale at a distance
  pendingAtMost: SpanText.default({ days: 30 }),
  expireAfter: LongSpan.exactOptional(),
  notice: LongSpan.default({ days: 30 }),
  history: z.boolean().default(false),
});

/** The section `loyalty:` as it is written. */
export const LoyaltyTerms: z.ZodType<Loyalty, unknown> = strict({
  terms: Line,
  termsUrl: z.url({ protocol: /^https?$/, error: wrong(NO_URL) }).exactOptional(),
  joining: z.enum(['automatic', 'by-invitation'], {
    error: wrong('is not a way to join; known: automatic, by-invitation'),
  }),
  points: Points.exactOptional(),
  tiers: TierTerms.exactOptional(),
  grace: SpanText.exactOptional(),
});
