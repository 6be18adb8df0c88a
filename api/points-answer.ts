import { z } from 'zod';
import type { Customer } from '../domain/customer.ts';
import type { PointEntry } from '../domain/membership.ts';
import { standingAt } from '../domain/points.ts';
import { iso } from './journey-answer.ts';
import { cursorOf } from './sends-cursor.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

/** How a member stands. */
export const Standing = z.object({
  customerId: z.string(),
  member: z
    .object({ since: Instant, terms: z.string() })
    .nullable()
    .describe('null: no member, and so without points'),
  balance: z.int().describe('what can be spent now'),
  pending: z.int().describe('earned, and to be spent later'),
  owed: z.int().describe('taken back beyond what there was: the next points make up for it'),
  expiring: z.object({ at: Instant, points: z.int() }).nullable().describe('what expires next, and when'),
});

const Line = z.object({
  id: z.string().describe('made of its cause'),
  at: Instant,
  kind: z.enum(['earned', 'spent', 'corrected']),
  points: z.int().describe('below 0: taken'),
  reason: z.string(),
  by: z.string().nullable().describe('the key by which it was spent or corrected'),
  lot: z.string().nullable().describe('what earned it: lines of one lot add up'),
  availableFrom: Instant.nullable(),
  expiresAt: Instant.nullable(),
});

export const PointsAnswer = Standing.extend({
  entries: z.array(Line),
  next: z.string().nullable().describe('`cursor` of the next page'),
});

export function standingAnswer({ id, membership }: Customer, now: number): z.output<typeof Standing> {
  const { balance, pending, owed, expiring } = standingAt(membership, now);
  const [next] = expiring;
  const { joined } = membership ?? {};
  return {
    customerId: id,
    member: joined ? { since: iso(joined.at), terms: joined.terms } : null,
    ...{ balance, pending, owed },
    expiring: next ? { at: iso(next.at), points: next.points } : null,
  };
}

/** @param lines one more than the page holds, if there are so many */
export function pageOfPoints(lines: readonly PointEntry[], limit: number) {
  const shown = lines.slice(0, limit);
  const last = shown.at(-1);
  const isMore = lines.length > limit;
  return {
    entries: shown.map(lineOf),
    next: isMore && last ? cursorOf({ at: last.at, key: last.id }) : null,
  };
}

function lineOf(entry: PointEntry): z.output<typeof Line> {
  const { id, at, kind, points, reason, until } = entry;
  const isEarned = kind === 'earned';
  return {
    ...{ id, at: iso(at), kind, points, reason },
    by: isEarned ? null : (entry.by ?? null),
    lot: isEarned ? entry.lot : null,
    availableFrom: isEarned ? iso(entry.from) : null,
    expiresAt: until === undefined ? null : iso(until),
  };
}
