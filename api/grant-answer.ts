import { z } from 'zod';
import { GRANT_STATUSES, type Grant, statusAt } from '../domain/grant.ts';
import { SURPRISE_KINDS } from '../domain/surprise.ts';
import { iso } from './journey-answer.ts';
import { cursorOf } from './sends-cursor.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

const GrantAnswer = z.object({
  id: z.string().describe('that of its mail; without a mail customer, surprise and cause'),
  customerId: z.string(),
  surprise: z.string(),
  kind: z.enum(SURPRISE_KINDS),
  status: z.enum(GRANT_STATUSES),
  title: z.object({ nl: z.string(), en: z.string() }).nullable(),
  value: z.int().nullable().describe('minor units'),
  currency: z.string().nullable(),
  code: z.string().nullable(),
  touch: z.string().nullable().describe('that told of it'),
  occasion: z.string().nullable(),
  because: z.string().nullable().describe('what it was given for, where no touch told of it'),
  reservedAt: Instant,
  confirmedAt: Instant.nullable(),
  releasedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  redeemed: z.object({ at: Instant, orderId: z.string().nullable() }).nullable(),
});

export const GrantsAnswer = z.object({
  grants: z.array(GrantAnswer).describe('the latest first'),
  next: z.string().nullable().describe('`cursor` of the next page'),
});

/**
 * Answers a page of grants, as they stand at a moment.
 *
 * @param grants one more than the page holds, if there are so many
 * @param now epoch milliseconds
 */
export function pageOfGrants(
  grants: readonly Grant[],
  limit: number,
  now: number,
): z.output<typeof GrantsAnswer> {
  const shown = grants.slice(0, limit);
  const last = shown.at(-1);
  const isMore = grants.length > limit && last !== undefined;
  return {
    grants: shown.map((grant) => grantAnswer(grant, now)),
    next: isMore ? cursorOf({ at: last.reservedAt, key: last.id }) : null,
  };
}

function grantAnswer(grant: Grant, now: number): z.output<typeof GrantAnswer> {
  const { id, customerId, surprise, kind, redeemed } = grant;
  const status = statusAt(grant, now);
  const { title = null, value = null, currency = null, code = null } = grant;
  const { touch = null, occasion = null, because = null } = grant;
  return {
    ...{ id, customerId, surprise, kind, status, title, value, currency, code, touch, occasion, because },
    reservedAt: iso(grant.reservedAt),
    confirmedAt: isoOr(grant.confirmedAt),
    releasedAt: isoOr(grant.releasedAt),
    expiresAt: isoOr(grant.expiresAt),
    redeemed: redeemed ? { at: iso(redeemed.at), orderId: redeemed.orderId ?? null } : null,
  };
}

function isoOr(at: number | undefined): string | null {
  return at === undefined ? null : iso(at);
}
