import { z } from 'zod';
import { ShipTo } from '../domain/ship-to.ts';
import type { ShownGift } from './fulfilment.ts';
import { iso } from './journey-answer.ts';
import { cursorOf } from './sends-cursor.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

const GiftAnswer = z.object({
  id: z.string().describe('names it in addresses and files'),
  grant: z.string().describe('the id of its grant'),
  customerId: z.string(),
  surprise: z.string(),
  touch: z.string().nullable().describe('the touch that told of it'),
  value: z.int().nullable().describe('minor units of `currency`'),
  currency: z.string().nullable(),
  at: Instant.describe('when it became theirs'),
  shipTo: ShipTo.nullable().describe('as they told for it, or of their last order; null: nobody knows yet'),
  sent: z.object({ by: z.string(), at: Instant, note: z.string().nullable() }).nullable(),
});

export const FulfilmentAnswer = z.object({
  gifts: z.array(GiftAnswer),
  next: z.string().nullable().describe('`cursor` of the next page; null: there is none'),
});

/** A page of gifts, as the API tells it. */
export function fulfilmentAnswer(
  shown: readonly ShownGift[],
  limit: number,
): z.output<typeof FulfilmentAnswer> {
  const last = shown.length < limit ? undefined : shown.at(-1);
  return { gifts: shown.map(giftAnswer), next: last === undefined ? null : cursorOf(last) };
}

function giftAnswer({ id, key, customerId, surprise, at, sent, ...gift }: ShownGift) {
  return {
    ...{ id, grant: key, customerId, surprise, touch: gift.touch ?? null },
    ...{ value: gift.value ?? null, currency: gift.currency ?? null, at: iso(at) },
    shipTo: gift.shipTo ?? null,
    sent: sent ? { by: sent.by, at: iso(sent.at), note: sent.note ?? null } : null,
  };
}
