import { z } from 'zod';
import { LongSpan } from './playbook-terms.ts';
import { addSpan } from './span.ts';
import { strict, wrong } from './strict.ts';

/** Shorter, a slip of the pen deletes what is needed yet. */
const KEPT_DAYS = 30;
const KEPT_DAYS_INACTIVE = 365;

function Kept(days: number) {
  const long = LongSpan.refine(
    (span) => addSpan(0, span, 'UTC') >= days * 86_400_000,
    `is shorter than ${days} days, which is most likely a slip`,
  );
  return z.union([long, z.literal('for-ever')], {
    error: wrong('is not a length of time; write 13 months, or for-ever'),
  });
}

/** How long what is kept (`domain/retained.ts`). */
export const RetentionTerms = strict({
  written: Kept(KEPT_DAYS).exactOptional(),
  mails: Kept(KEPT_DAYS).exactOptional(),
  decisions: Kept(KEPT_DAYS).exactOptional(),
  requests: Kept(KEPT_DAYS).exactOptional(),
  inactive: Kept(KEPT_DAYS_INACTIVE).exactOptional(),
});
