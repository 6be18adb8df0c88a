import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { GRANT_STATUSES } from '../../domain/grant.ts';
import { Name } from '../../domain/playbook-terms.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { GrantsAnswer, pageOfGrants } from '../grant-answer.ts';
import { readCursor } from '../sends-cursor.ts';

const LIST = {
  tags: ['surprises'],
  summary: 'Grants, the latest first',
  querystring: strict({
    surprise: Name.optional(),
    touch: Name.optional(),
    status: z.enum(GRANT_STATUSES).optional(),
    code: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional().describe('`next` of the page before'),
  }),
  response: { 200: GrantsAnswer, ...REFUSALS },
};
const OF_CUSTOMER = {
  tags: ['surprises'],
  summary: 'What a customer was given, the latest first',
  params: IdParams,
  response: { 200: GrantsAnswer, ...REFUSALS },
};

/** Where a shop sees who was given what. */
export function grantRoutes({
  grants,
  customers,
  clock,
}: Pick<ApiDeps, 'grants' | 'customers' | 'clock'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/grants', { schema: LIST, config: { scope: 'surprises:read' } }, async ({ query }) => {
      const { limit, cursor, ...wanted } = query;
      const now = clock.now();
      const found = await grants.list({ ...wanted, after: readCursor(cursor) }, limit + 1, now);
      return pageOfGrants(found, limit, now);
    });
    app.get(
      '/v1/customers/:id/grants',
      { schema: OF_CUSTOMER, config: { scope: 'customers:read' } },
      async ({ params }) => {
        const { id } = await customerNamed(customers, params.id);
        return pageOfGrants(await grants.ofCustomer(id), Infinity, clock.now());
      },
    );
  };
}
