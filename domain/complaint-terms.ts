import { z } from 'zod';
import { minorUnitsOf } from './money.ts';
import type { Playbook, Span } from './playbook.ts';
import { LongSpan, Money, Name } from './playbook-terms.ts';
import { addSpan } from './span.ts';
import { strict, wrong } from './strict.ts';

/**
 * How complaints are dealt with: within what time each gets its first answer, when the team is reminded before and
 * told after, from which order value on one is `high`, which surprise is given for goodwill, and
 * who gets what customers answer to mails: the `shop` (default), or `rapport`, as a complaint.
 */
export const Complaints = strict({
  answerWithin: LongSpan.exactOptional(),
  remindAfter: LongSpan.exactOptional(),
  escalateAfter: LongSpan.exactOptional(),
  highFrom: Money.exactOptional(),
  goodwill: Name.exactOptional(),
  replies: z.enum(['shop', 'rapport'], { error: wrong('is shop or rapport') }).exactOptional(),
}).superRefine(({ remindAfter, answerWithin = DEFAULT_WITHIN, escalateAfter = answerWithin }, context) => {
  if (remindAfter && lengthOf(remindAfter) >= lengthOf(answerWithin)) {
    context.addIssue({
      code: 'custom',
      path: ['remindAfter'],
      message: 'is not before answerWithin is over',
    });
  }
  if (lengthOf(escalateAfter) < lengthOf(answerWithin)) {
    context.addIssue({ code: 'custom', path: ['escalateAfter'], message: 'is before answerWithin is over' });
  }
  if (lengthOf(escalateAfter) >= lengthOf(UNRESOLVED_AFTER)) {
    const message = 'is too long; after 30 days the team is told each week whatever was answered';
    context.addIssue({ code: 'custom', path: ['escalateAfter'], message });
  }
});

export type ComplaintTerms = z.output<typeof Complaints>;

/** A case that is not resolved after so long is told of again, and then each week. */
export const UNRESOLVED_AFTER: Span = { days: 30 };

/** A customer's day has 24 hours, and seven make a week: the clock does not stand still over a weekend. */
const DEFAULT_WITHIN: Span = { days: 1 };
/** Of the time there is, when the team is reminded. */
const REMIND_AT = 0.75;
const MINUTE_MS = 60_000;

function lengthOf(span: Span): number {
  return addSpan(0, span, 'UTC');
}

/** What of a playbook the clock rests on. */
export type CaseGround = {
  readonly complaints?: ComplaintTerms;
  readonly shop: Pick<Playbook['shop'], 'timeZone'>;
};

/** After how long the team is reminded that a complaint waits for its first answer. */
export function remindAfter({ complaints = {} }: Pick<CaseGround, 'complaints'>): Span {
  const { remindAfter: told, answerWithin = DEFAULT_WITHIN } = complaints;
  return told ?? { minutes: Math.max(1, Math.round((lengthOf(answerWithin) * REMIND_AT) / MINUTE_MS)) };
}

/** Within what time a complaint gets its first answer. */
export function answerWithin({ complaints }: Pick<CaseGround, 'complaints'>): Span {
  return complaints?.answerWithin ?? DEFAULT_WITHIN;
}

/** Until when a case is to have its first answer, by the shop's calendar. */
export function answerBy(since: number, ground: CaseGround): number {
  return addSpan(since, answerWithin(ground), ground.shop.timeZone);
}

/** From when on the team is told that nobody has answered, by the shop's calendar. */
export function escalatesAt(since: number, { complaints, shop }: CaseGround): number {
  const { answerWithin = DEFAULT_WITHIN, escalateAfter = answerWithin } = complaints ?? {};
  return addSpan(since, escalateAfter, shop.timeZone);
}

/** From which order value on a complaint is high, in minor units of its currency; undefined: none is by that. */
export function highFrom({ complaints }: Pick<CaseGround, 'complaints'>) {
  const [amount = '', currency = ''] = complaints?.highFrom?.split(' ') ?? [];
  const value = minorUnitsOf(amount, currency);
  return value === undefined ? undefined : { value, currency };
}
