import { z } from 'zod';
import type { KeptCase } from '../data/cases.ts';
import type { Send } from '../data/sends.ts';
import { RESOLUTIONS, SEVERITIES, VIAS } from '../domain/case-words.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Recovery } from '../domain/recovery.ts';
import { iso } from './journey-answer.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

const Case = z.object({
  id: z.string().describe('the identity of the complaint, `source/id`; encode it in a path: `shop%2Fc-1`'),
  customerId: z.string(),
  state: z.enum(['open', 'resolved']),
  severity: z.enum(SEVERITIES),
  via: z.enum(VIAS).describe('how it came'),
  text: z.string().nullable().describe('what the customer wrote; null: nothing, or it is not kept any more'),
  score: z.int().nullable().describe('0–10, of the answer that it was said with'),
  orderId: z.string().nullable(),
  openedAt: Instant,
  since: Instant.describe('when it was opened, or opened again: from then its clock runs'),
  turn: z.int().describe('how often it was opened again'),
  answerBy: Instant.describe('until when it is to have its first answer'),
  answeredAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  resolution: z.enum(RESOLUTIONS).nullable(),
  clock: Instant.describe('when something is wanted of the team: what the list is ordered by'),
  overdue: z.boolean().describe('it is open, and its clock has run out'),
  owner: z.string().nullable(),
  history: z.boolean().describe('it is of old: no clock runs'),
});

export const CasesAnswer = z.object({
  cases: z.array(Case),
  next: z.string().nullable().describe('`cursor` of the next page; null: there is none'),
});

/** What was done with a case, in order. */
const Step = z.object({
  what: z.enum(['answered', 'resolved', 'reopened']),
  at: Instant,
  by: z.string().nullable(),
  text: z.string().nullable(),
  resolution: z.enum(RESOLUTIONS).nullable(),
  through: z.string().nullable().describe('of an answer: `mail`, or `elsewhere`'),
  mail: z.string().nullable().describe('what became of its mail; null: nothing yet, or none was to leave'),
});

const RecoveryAnswer = z
  .object({
    scoreBefore: z.int().nullable(),
    scoreAfter: z.int().nullable(),
    order: z.object({ id: z.string(), at: Instant }).nullable(),
    until: Instant.describe('until when an order counts: 90 days'),
    came: z.enum(['ordered', 'not', 'too-early']),
  })
  .nullable()
  .describe('what came of it; null: it is open');

export const CaseAnswer = Case.extend({
  notes: z.array(z.object({ id: z.string(), by: z.string(), at: Instant, text: z.string() })),
  steps: z.array(Step),
  recovery: RecoveryAnswer,
  customer: z.object({
    externalIds: z.array(z.string()),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phase: z.string(),
    orders: z.int(),
    openCases: z.int(),
  }),
  timeline: z
    .array(
      z.object({
        at: Instant,
        kind: z.enum(['event', 'mail']),
        what: z.string().describe('the type of the event, or the touch'),
        id: z.string(),
        text: z.string().nullable(),
        outcome: z.string().nullable(),
      }),
    )
    .describe('the newest 50 events and mails of the customer'),
});

type CaseRow = z.output<typeof Case>;

/** A case as the API tells it. */
export function caseRow(one: KeptCase, now: number): CaseRow {
  const { id, customerId, state, severity, via, turn, clock } = one;
  return {
    ...{ id, customerId, state, severity, via, turn, orderId: one.orderId ?? null },
    ...{ text: one.text ?? null, score: one.score ?? null },
    openedAt: one.openedAt.toISOString(),
    since: one.since.toISOString(),
    answerBy: one.answerBy.toISOString(),
    answeredAt: one.answeredAt?.toISOString() ?? null,
    resolvedAt: one.resolvedAt?.toISOString() ?? null,
    resolution: one.resolution ?? null,
    clock: clock.toISOString(),
    overdue: state === 'open' && !one.history && clock.getTime() <= now,
    owner: one.owner ?? null,
    history: one.history === true,
  };
}

const WHATS: ReadonlyMap<string, z.output<typeof Step>['what']> = new Map([
  ['complaint-answered', 'answered'],
  ['complaint-resolved', 'resolved'],
  ['complaint-reopened', 'reopened'],
]);

/** What was done with a case by an event; nothing for one that did nothing. */
export function stepRow(
  { type, at, data = {} }: StoredEvent,
  send: Send | undefined,
): z.output<typeof Step>[] {
  const what = WHATS.get(type);
  if (!what) return [];
  return [
    {
      ...{ what, at: iso(at), text: data.text ?? null, by: data.by ?? null },
      resolution: data.resolution ?? null,
      through: what === 'answered' ? String(data.through) : null,
      mail: send?.outcome?.kind ?? null,
    },
  ];
}

export function recoveryRow(recovery: Recovery | undefined): z.output<typeof RecoveryAnswer> {
  if (!recovery) return null;
  const { scoreBefore, scoreAfter, order, until, came } = recovery;
  return {
    ...{ scoreBefore: scoreBefore ?? null, scoreAfter: scoreAfter ?? null, came, until: iso(until) },
    order: order ? { id: order.id, at: iso(order.at) } : null,
  };
}
