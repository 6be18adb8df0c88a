import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ProfilePatch } from '../../domain/requests.ts';
import { CustomerAnswer, REFUSALS } from '../answers.ts';
import { customerAnswer } from '../customer-answer.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';

/** Where what is known of a customer is changed. */
export function customerRoutes({
  customers,
  receiver,
  playbooks,
  clock,
}: Pick<ApiDeps, 'customers' | 'receiver' | 'playbooks' | 'clock'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['customers'],
    summary: 'Change what is known of a customer',
    description:
      'What is not mentioned stays as it is. It is kept as an event `profile`. A changed address keeps the customer, ' +
      'and asks for consent anew; an address of another customer makes one of the two.',
    params: IdParams,
    body: ProfilePatch,
    response: { 200: CustomerAnswer, ...REFUSALS },
  };
  return async (app) => {
    app.put(
      '/v1/customers/:id',
      { schema, config: { scope: 'customers:write' } },
      async ({ params, body }) => {
        const customer = await customerNamed(customers, params.id);
        const { customerId } = await receiver.receiveOwn(customer.id, profileEvent(body, clock.now()));
        const [changed, playbook] = await Promise.all([
          customerNamed(customers, customerId),
          playbooks.current(),
        ]);
        return customerAnswer(changed, { playbook, now: clock.now() });
      },
    );
  };
}

function profileEvent({ consent, answers, ...customer }: ProfilePatch, at: number) {
  return {
    ...{ type: 'profile', at, customer },
    ...(consent && { consent }),
    ...(answers && { data: { answers } }),
  };
}
