import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Erasure } from '../../data/erasures.ts';
import { REFUSALS } from '../answers.ts';
import { IdParams, noCustomer } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';

const ErasureAnswer = z.object({
  customerId: z.string().describe('ours; what the shop called them by is free again'),
  state: z.enum(['erasing', 'erased']),
  askedAt: z.iso.datetime(),
  erasedAt: z.iso.datetime().nullable(),
});

const ABOUT = { tags: ['customers'], params: IdParams };

const ERASE = {
  ...ABOUT,
  summary: 'Erase a customer',
  description:
    'GDPR art. 17. From the answer on nothing is known of them and no mail of theirs begins; a worker then deletes ' +
    'every run of their workflow and all that is kept, and goes on where it was killed. Kept are our own id, the ' +
    'keyed hash of each address (so that no list brings them back), and the proof of consent. Asked again: how far it is.',
  response: { 200: ErasureAnswer, 202: ErasureAnswer, ...REFUSALS },
};
const TELL = {
  ...ABOUT,
  summary: 'How far the erasure of a customer is',
  response: { 200: ErasureAnswer, ...REFUSALS },
};

/** Where a customer is erased. */
export function erasureRoutes({
  customers,
  erasures,
  clock,
}: Pick<ApiDeps, 'customers' | 'erasures' | 'clock'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.delete(
      '/v1/customers/:id',
      { schema: ERASE, config: { scope: 'customers:write' } },
      async ({ params, keyName }, reply) => {
        const customer = await customers.find(params.id);
        const erasure = customer && (await erasures.ask(customer.id, keyName, clock.serverTime()));
        if (!erasure) throw noCustomer();
        return reply.code(erasure.doneAt ? 200 : 202).send(answerOf(erasure));
      },
    );
    app.get(
      '/v1/customers/:id/erasure',
      { schema: TELL, config: { scope: 'customers:read' } },
      async ({ params }) => {
        const customer = await customers.find(params.id);
        const erasure = await erasures.find(customer?.id ?? params.id);
        if (!erasure) throw customer ? new Problem(404, 'this customer is not being erased') : noCustomer();
        return answerOf(erasure);
      },
    );
  };
}

function answerOf({ customerId, askedAt, doneAt }: Erasure): z.output<typeof ErasureAnswer> {
  const state = doneAt ? ('erased' as const) : ('erasing' as const);
  return { customerId, state, askedAt: askedAt.toISOString(), erasedAt: doneAt?.toISOString() ?? null };
}
