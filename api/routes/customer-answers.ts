import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Answer } from '../../domain/answer.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { iso } from '../journey-answer.ts';

/** How many answers one page holds. */
const NEWEST = 100;

const Before = strict({
  before: z.iso
    .datetime({ offset: true, error: 'is not a time in RFC 3339' })
    .optional()
    .describe('only what was given, or changed last, before this moment'),
});

const Instant = z.iso.datetime();

const Given = z.object({
  touch: z.string(),
  occasion: z.string(),
  ask: z.string().describe('`nps`, `csat`, `product-score`, `review`, `profile` or `open`'),
  orderId: z.string().nullable(),
  score: z.number().nullable().describe('0–10, however it was asked'),
  comment: z.string().nullable(),
  answers: z.record(z.string(), z.unknown()).describe('about themselves, by question'),
  mayReply: z.boolean(),
  mayQuote: z.boolean(),
  name: z.string().nullable().describe('under which they may be quoted; null: under none'),
  askedAt: Instant,
  firstAt: Instant,
  at: Instant.describe('when it was given, or changed last'),
  changes: z.int(),
  until: Instant.describe('until when it may be changed'),
  complained: z.boolean().describe('it opened a case'),
});

const AnswersAnswer = z.object({ customerId: z.string(), answers: z.array(Given) });

/** Where it is shown what a customer answered to what we asked. */
export function customerAnswerRoutes({
  customers,
  answers,
}: Pick<ApiDeps, 'customers' | 'answers'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['customers'],
    summary: 'What a customer answered',
    description: 'The newest 100 answers, one for each question; page back with `before`.',
    params: IdParams,
    querystring: Before,
    response: { 200: AnswersAnswer, ...REFUSALS },
  };
  return async (app) => {
    app.get(
      '/v1/customers/:id/answers',
      { schema, config: { scope: 'customers:read' } },
      async ({ params, query: { before } }) => {
        const { id } = await customerNamed(customers, params.id);
        const until = before === undefined ? undefined : Date.parse(before);
        const given = await answers.ofCustomer(id, NEWEST, until);
        return { customerId: id, answers: given.map(givenOf) };
      },
    );
  };
}

function givenOf({ said, touch, occasion, ask, changes, ...kept }: Answer): z.output<typeof Given> {
  const { score = null, comment = null, name = null, answers = {} } = said;
  return {
    ...{ touch, occasion, ask, orderId: kept.orderId ?? null, score, comment, answers, name },
    ...{ mayReply: said.mayReply ?? false, mayQuote: said.mayQuote ?? false },
    ...{ askedAt: iso(kept.askedAt), firstAt: iso(kept.firstAt), at: iso(kept.at), changes },
    ...{ until: iso(kept.until), complained: kept.complained ?? false },
  };
}
