import { z } from 'zod';
import type { ByHand } from '../domain/by-hand.ts';
import { iso } from './journey-answer.ts';
import { cursorOf } from './sends-cursor.ts';
import type { Page, Unsettled } from './unsettled.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

const ByHandAnswer = z.object({
  what: z.enum(['arrived', 'lost', 'send-again']),
  by: z.string(),
  at: Instant,
  because: z.string(),
});

const UnsettledAnswer = z.object({
  id: z.string().describe('names it in addresses'),
  key: z.string().describe('`<customerId>/<touch>/<occasion>`'),
  customerId: z.string(),
  touch: z.string(),
  occasion: z.string(),
  kind: z.enum(['marketing', 'service']).nullable(),
  at: Instant.describe('when it was due, or given up'),
  outcome: z.object({ kind: z.enum(['unknown', 'failed']), type: z.string().optional() }),
  because: z.object({ type: z.string(), id: z.string(), at: Instant }).nullable(),
  byHand: z.array(ByHandAnswer).describe('what people decided of it, in order'),
});

export const SendsAnswer = z.object({
  sends: z.array(UnsettledAnswer),
  next: z.string().nullable().describe('`cursor` of the next page; null: there is none'),
});

/** A page of the mails that wait for a person, as the API tells it. */
export function sendsAnswer({ rows, next }: Page): z.output<typeof SendsAnswer> {
  return { sends: rows.map(rowAnswer), next: next === undefined ? null : cursorOf(next) };
}

function rowAnswer({ kind, at, because, byHand, outcome, ...row }: Unsettled) {
  return {
    ...{ ...row, kind: kind ?? null, at: iso(at), outcome },
    because: because === undefined ? null : { type: because.type, id: because.id, at: iso(because.at) },
    byHand: byHand.map(byHandAnswer),
  };
}

function byHandAnswer({ what, by, at, because }: ByHand): z.output<typeof ByHandAnswer> {
  return { what, by, at: iso(at), because };
}
