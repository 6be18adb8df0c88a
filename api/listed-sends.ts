import { z } from 'zod';
import { strict } from '../domain/strict.ts';
import type { ApiDeps } from './deps.ts';
import { type SendsAnswer, sendsAnswer } from './sends-answer.ts';
import { readCursor } from './sends-cursor.ts';
import { unsettledPage } from './unsettled.ts';

/** Which of the mails that wait for a person are asked for. */
export const SendsQuery = strict({
  outcome: z
    .enum(['unknown', 'failed'], { error: 'is unknown or failed: the mails that wait for a person' })
    .default('unknown'),
  touch: z.string().max(64).optional(),
  kind: z.enum(['marketing', 'service'], { error: 'is marketing or service' }).optional(),
  since: z.iso
    .datetime({ offset: true, error: 'is not a time in RFC 3339' })
    .optional()
    .describe('only those due, or given up, at or after this moment'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
});

/** A page of them. @throws Problem 400 for a cursor that no page has given */
export async function listedSends(
  deps: Pick<ApiDeps, 'unsettledSends' | 'failedSends'>,
  { outcome, touch, kind, since, limit, cursor }: z.output<typeof SendsQuery>,
): Promise<z.output<typeof SendsAnswer>> {
  const from = since === undefined ? undefined : Date.parse(since);
  const wanted = { touch, kind, since: from, after: readCursor(cursor) };
  return sendsAnswer(await unsettledPage(deps, outcome, wanted, limit));
}
