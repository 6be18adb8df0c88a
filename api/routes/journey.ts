import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { strict } from '../../domain/strict.ts';
import { JourneyAnswer, REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { journeyAnswer } from '../journey-answer.ts';

/** How many of a customer's sends and decisions one answer holds. */
const NEWEST = 50;

const Before = strict({
  before: z.iso
    .datetime({ offset: true, error: 'is not a time in RFC 3339' })
    .optional()
    .describe('only sends due, and decisions made, before this moment'),
});

type Deps = Pick<ApiDeps, 'customers' | 'sends' | 'decisions' | 'playbooks' | 'clock'>;

/** Where a journey is looked at. */
export function journeyRoutes({
  customers,
  sends,
  decisions,
  playbooks,
  clock,
}: Deps): FastifyPluginAsyncZod {
  const schema = {
    tags: ['journeys'],
    summary: 'Where a customer is, what comes next, and what came so far',
    description: 'The newest 50 sends and the newest 50 decisions; page back with `before`.',
    params: IdParams,
    querystring: Before,
    response: { 200: JourneyAnswer, ...REFUSALS },
  };
  return async (app) => {
    app.get('/v1/customers/:id/journey', { schema, config: { scope: 'customers:read' } }, async (request) => {
      const customer = await customerNamed(customers, request.params.id);
      const { before } = request.query;
      const until = before === undefined ? undefined : Date.parse(before);
      const [sent, decided, playbook] = await Promise.all([
        sends.ofCustomer(customer.id, NEWEST, until),
        decisions.ofCustomer(customer.id, NEWEST, until),
        playbooks.current(),
      ]);
      return journeyAnswer(customer, { playbook, now: clock.now() }, { sends: sent, decisions: decided });
    });
  };
}
