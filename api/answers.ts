import { z } from 'zod';
import { PHASES } from '../domain/phases.ts';
import { STATES } from './journey-state.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

/** What was done with an event. */
export const Receipt = z.object({
  source: z.string(),
  id: z.string(),
  customerId: z.string().describe('our id of the customer it is about'),
  duplicate: z.boolean().describe('whether it had come before: then nothing was changed'),
});

export const Receipts = z
  .object({ receipts: z.array(Receipt).describe('one an event, in order') })
  .describe('Kept, by a majority');

const ProblemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('one line that says what to do'),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe('a JSON pointer into the body'),
          message: z.string(),
          hint: z.string().optional(),
        }),
      )
      .optional(),
  })
  .describe('RFC 9457');

/** How every route refuses. */
export const REFUSALS = {
  '4xx': { description: 'Refused', content: { 'application/problem+json': { schema: ProblemAnswer } } },
};

export const Begun = z.object({
  customerId: z.string(),
  phase: z.enum(PHASES),
  started: z.boolean().describe('false: the journey was under way already, and nothing was changed'),
});

export const SendingAnswer = z.object({
  stopped: z.enum(['all', 'marketing']).nullable().describe('what is stopped; null: mail leaves'),
  since: Instant.nullable().describe('null: it was never stopped'),
  by: z.string().nullable().describe('`api`, `page`, `command` or `circuit-breaker`'),
  because: z.string().nullable(),
  waiting: z.int().describe('customers with something that came due while mail was stopped'),
  spreadMinutes: z.int().describe('over how many minutes of open hours what waited is spread'),
});

const Cause = z.object({
  type: z.string().describe('what was answered: an event, or `entering`, `birthday`, `lapse` and the like'),
  id: z.string(),
  at: Instant,
});

const Outcome = z
  .looseObject({
    kind: z.enum(['accepted', 'rejected', 'skipped', 'postponed', 'delayed', 'unknown', 'failed']),
  })
  .describe('what became of it; null: it is under way');

export const JourneyAnswer = z.object({
  customerId: z.string(),
  phase: z.enum(PHASES),
  since: Instant,
  state: z.enum(STATES),
  objection: z
    .object({ at: Instant })
    .nullable()
    .describe('they objected to being profiled: the agenda holds nothing that rests on a profile'),
  playbook: z.int().describe('the version the agenda was planned with; 0 before the first decision'),
  agenda: z.array(
    z.object({
      touch: z.string(),
      occasion: z.string(),
      due: Instant.nullable().describe('null: it waits until marketing may go again'),
      because: Cause,
      expires: Instant.nullable(),
      priority: z.number(),
    }),
  ),
  sends: z.array(
    z.object({
      key: z.string(),
      touch: z.string(),
      occasion: z.string(),
      at: Instant,
      outcome: Outcome.nullable(),
      bounce: z
        .object({ class: z.enum(['hard', 'soft', 'policy']), status: z.string().optional(), at: Instant })
        .optional()
        .describe('it was accepted, and came back'),
      spamComplaintAt: Instant.optional().describe('when its receiver called it spam'),
      byHand: z.array(z.looseObject({ what: z.string() })).optional(),
    }),
  ),
  decisions: z.array(
    z.object({
      seq: z.int(),
      at: Instant,
      heard: z.array(z.looseObject({})),
      changes: z.array(z.looseObject({ kind: z.string() })),
    }),
  ),
});

export const CustomerAnswer = z.object({
  id: z.string(),
  externalIds: z.array(z.string()).describe('`source:id`'),
  phase: z.enum(PHASES),
  state: z.enum(STATES),
  createdAt: Instant,
  email: z.string().nullable(),
  objection: z
    .object({ at: Instant })
    .nullable()
    .describe('they objected to being profiled: what rests on a profile does not come'),
  suppressed: z.string().nullable().describe('why this address is never written to again'),
  name: z.object({ first: z.string().optional(), last: z.string().optional() }),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
  birthday: z.string().nullable(),
  interests: z.array(z.string()),
  answered: z.array(z.string()).describe('the questions of the profile that were answered'),
  metThrough: z
    .object({
      channel: z.string(),
      campaign: z.string().optional(),
      referrer: z.string().optional(),
      at: Instant,
    })
    .nullable(),
  consents: z.record(
    z.string(),
    z.object({ granted: z.boolean(), basis: z.string().nullable(), at: Instant }),
  ),
});
