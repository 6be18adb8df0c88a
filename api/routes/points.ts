import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PointsShort } from '../../data/points-short.ts';
import { PointsRequest, pointsEvent, pointsEventId } from '../../domain/loyalty-requests.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { PointsAnswer, pageOfPoints, Standing, standingAnswer } from '../points-answer.ts';
import { Problem } from '../problem.ts';
import { readCursor } from '../sends-cursor.ts';

const Page = strict({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
});

const READ = {
  tags: ['loyalty'],
  summary: 'A customer’s points, and the ledger of them',
  description:
    'The balance is what can be spent now. The latest lines of the ledger first; they are never changed.',
  params: IdParams,
  querystring: Page,
  response: { 200: PointsAnswer, ...REFUSALS },
};
const WRITE = {
  tags: ['loyalty'],
  summary: 'Spend points, or correct them',
  description:
    'With the reason `spent`, and points below 0, they are spent: 409 where fewer are there, and nothing is changed. ' +
    'Any other reason corrects them, up or down; what a correction takes beyond the balance is owed. The same ' +
    '`requestId` again changes nothing.',
  params: IdParams,
  body: PointsRequest,
  response: {
    200: Standing.extend({ id: z.string(), duplicate: z.boolean().describe('it had come before') }),
    ...REFUSALS,
  },
};

type Deps = Pick<ApiDeps, 'customers' | 'pointEntries' | 'events' | 'receiver' | 'clock'>;

/** Where a shop reads, spends and corrects a member's points. */
export function pointsRoutes(deps: Deps): FastifyPluginAsyncZod {
  const path = '/v1/customers/:id/points';
  return async (app) => {
    app.get(path, { schema: READ, config: { scope: 'customers:read' } }, async ({ params, query }) => {
      const customer = await customerNamed(deps.customers, params.id);
      const after = readCursor(query.cursor);
      const from = after && { at: after.at, id: after.key };
      const lines = await deps.pointEntries.ofCustomer(customer.id, query.limit + 1, from);
      return { ...standingAnswer(customer, deps.clock.now()), ...pageOfPoints(lines, query.limit) };
    });
    app.post(path, { schema: WRITE, config: { scope: 'loyalty:write' } }, async (request) => {
      const { params, body, keyName } = request;
      const { id, customerId, duplicate } = await keepPoints(deps, params.id, body, keyName);
      const customer = await customerNamed(deps.customers, customerId);
      return { id, duplicate, ...standingAnswer(customer, deps.clock.now()) };
    });
  };
}

/** @throws Problem 409 where points are short, or the request's id stands for something else */
async function keepPoints(deps: Deps, ref: string, request: PointsRequest, by: string) {
  const { id } = await customerNamed(deps.customers, ref);
  const event = pointsEvent(request, by, deps.clock.now());
  const known = pointsEventId(request);
  const receipt = await deps.receiver.receiveOwn(id, event, known).catch(unlessShort);
  const kept = receipt.duplicate ? await deps.events.byId(`rapport/${known}`) : undefined;
  const { points, reason } = kept?.data ?? request;
  const isSame = receipt.customerId === id && points === request.points && reason === request.reason;
  if (!isSame) throw new Problem(409, `requestId ${request.requestId} was used before, for something else`);
  return receipt;
}

function unlessShort(error: unknown): never {
  if (error instanceof PointsShort) throw new Problem(409, error.message);
  throw error;
}
