import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { JourneyRequest } from '../../domain/requests.ts';
import { Begun, REFUSALS } from '../answers.ts';
import { customerNamed } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { phaseOf } from '../journey-state.ts';

/** Whose id a customer's `id` is, if the marketer does not say. */
const DEFAULT_SOURCE = 'shop';

/** Where a marketer begins a journey: of someone met at a fair, or of one that had ended. */
export function startRoutes({
  receiver,
  customers,
  playbooks,
  clock,
}: Pick<ApiDeps, 'receiver' | 'customers' | 'playbooks' | 'clock'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['journeys'],
    summary: 'Begin a journey by hand',
    description:
      'For somebody new, or whose journey has ended: 201, kept as an event `start`. For everybody else 200, and ' +
      'nothing is changed. Without `welcome` they are placed, and get no touches of entering.',
    body: JourneyRequest,
    response: { 200: Begun, 201: Begun, ...REFUSALS },
  };
  return async (app) => {
    app.post('/v1/journeys', { schema, config: { scope: 'journeys:write' } }, async ({ body }, reply) => {
      const at = clock.now();
      const { customerId, started } = await receiver.start({ source: DEFAULT_SOURCE, ...body, at });
      const [customer, playbook] = await Promise.all([
        customerNamed(customers, customerId),
        playbooks.current(),
      ]);
      return reply
        .code(started ? 201 : 200)
        .send({ customerId, phase: phaseOf(customer, playbook, at), started });
    });
  };
}
