import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ConsentProof } from '../../domain/consent-proof.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { customerAnswer } from '../customer-answer.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { iso } from '../journey-answer.ts';

/** How many entries one answer holds. */
const NEWEST = 100;

const Before = strict({
  before: z.iso
    .datetime({ offset: true, error: 'is not a time in RFC 3339' })
    .optional()
    .describe('only what was said before this moment'),
});

const Instant = z.iso.datetime();

const Entry = z.object({
  id: z.string(),
  customerId: z.string().describe('of whom it was told: one who turned out to be the same keeps their own'),
  topic: z.string().describe('`*`: all marketing'),
  change: z.enum(['given', 'withdrawn']),
  basis: z.string().nullable().describe('`consent`, `soft-opt-in` or `service`; null: withdrawn'),
  order: z.string().nullable().describe('of a soft opt-in: the order it came with'),
  at: Instant,
  receivedAt: Instant,
  source: z.string(),
  type: z.string().describe('of the event that told it'),
  how: z
    .string()
    .nullable()
    .describe('of a withdrawal: `one-click`, `page`, `mailto`, `provider`, `reply` or `team`'),
  wording: z.string().nullable(),
  wordingVersion: z.string().nullable(),
  wordingHash: z.string().nullable().describe('SHA-256 of the wording, in hex'),
  locale: z.string().nullable(),
  imported: z.boolean().describe('it stood on a list: nobody told us themselves'),
  undated: z.boolean().describe('nobody knows when: `at` is the date of the list'),
  evidence: z.record(z.string(), z.string()),
});

const ConsentsAnswer = z.object({
  customerId: z.string(),
  marketingOff: Instant.nullable().describe(
    'when all marketing was refused; topics consented to since are excepted',
  ),
  consents: z.record(
    z.string(),
    z.object({ granted: z.boolean(), basis: z.string().nullable(), at: Instant }),
  ),
  history: z.array(Entry),
});

type Deps = Pick<ApiDeps, 'customers' | 'consentEvents' | 'playbooks' | 'clock'>;

/** Where it is shown what a customer consented to, and by what that can be proven. */
export function consentRoutes({ customers, consentEvents, playbooks, clock }: Deps): FastifyPluginAsyncZod {
  const schema = {
    tags: ['customers'],
    summary: 'What a customer consented to, now and ever',
    description: 'The newest 100 entries of the history; page back with `before`. Entries are never changed.',
    params: IdParams,
    querystring: Before,
    response: { 200: ConsentsAnswer, ...REFUSALS },
  };
  return async (app) => {
    app.get(
      '/v1/customers/:id/consents',
      { schema, config: { scope: 'customers:read' } },
      async (request) => {
        const { before } = request.query;
        const customer = await customerNamed(customers, request.params.id);
        const until = before === undefined ? undefined : Date.parse(before);
        const [history, playbook] = await Promise.all([
          consentEvents.ofCustomer(customer.id, NEWEST, until),
          playbooks.current(),
        ]);
        const { consents } = customerAnswer(customer, { playbook, now: clock.now() });
        const { marketingOff } = customer.known;
        return {
          ...{ customerId: customer.id, consents, history: history.map(entryOf) },
          marketingOff: marketingOff ? iso(marketingOff.at) : null,
        };
      },
    );
  };
}

function entryOf({ at, receivedAt, addressKey: _, ...proof }: ConsentProof): z.output<typeof Entry> {
  const absent = {
    basis: null,
    order: null,
    how: null,
    wording: null,
    wordingVersion: null,
    wordingHash: null,
  };
  const { imported = false, undated = false } = proof;
  return {
    ...{ ...absent, locale: null, ...proof, imported, undated },
    ...{ at: iso(at), receivedAt: iso(receivedAt), evidence: { ...proof.evidence } },
  };
}
