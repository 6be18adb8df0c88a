import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ObjectionRequest } from '../../domain/requests.ts';
import { REFUSALS, Receipt } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';

const OBJECT = {
  tags: ['customers'],
  summary: 'Object to being profiled, or take that back',
  description:
    'GDPR art. 21. From the 202 on no marketing reaches them that is chosen by what they did over time, by lot, or as a ' +
    'suggestion; they are not measured, and no such condition moves them to another phase. Service mail, answers to ' +
    'what they do, and what everybody in their phase gets still come. `{"withdrawn": true}` takes it back.',
  params: IdParams,
  body: ObjectionRequest,
  response: { 202: Receipt, ...REFUSALS },
};

/** Where a customer's objection to being profiled is kept. */
export function objectionRoutes({
  customers,
  receiver,
  clock,
}: Pick<ApiDeps, 'customers' | 'receiver' | 'clock'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/v1/customers/:id/objection',
      { schema: OBJECT, config: { scope: 'customers:write' } },
      async ({ params, body }, reply) => {
        const customer = await customerNamed(customers, params.id);
        const event = { type: 'objection', at: clock.now(), data: body };
        return reply.code(202).send(await receiver.receiveOwn(customer.id, event));
      },
    );
  };
}
