import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MembershipRequest, membershipEvent } from '../../domain/loyalty-requests.ts';
import { REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { Standing, standingAnswer } from '../points-answer.ts';
import { Problem } from '../problem.ts';

const CHANGE = {
  tags: ['loyalty'],
  summary: 'Join the loyalty programme, or leave it',
  description:
    'Kept as an event `membership`, with the version of the terms: those of the playbook, unless `terms` says which. Who ' +
    'leaves has no points any more, and does not join again by themselves. Asked again, nothing changes.',
  params: IdParams,
  body: MembershipRequest,
  response: { 200: Standing, ...REFUSALS },
};

type Deps = Pick<ApiDeps, 'customers' | 'playbooks' | 'receiver' | 'clock'>;

/** Where customers are made members of the loyalty programme, and leave it. */
export function membershipRoutes({ customers, playbooks, receiver, clock }: Deps): FastifyPluginAsyncZod {
  const config = { scope: 'loyalty:write' } as const;
  return async (app) => {
    app.post('/v1/customers/:id/membership', { schema: CHANGE, config }, async (request) => {
      const { params, body, keyName } = request;
      const customer = await customerNamed(customers, params.id);
      const loyalty = (await playbooks.current())?.loyalty;
      if (!loyalty) throw new Problem(409, 'the playbook has no loyalty programme; add the section loyalty');
      const { change, terms = loyalty.terms } = body;
      const isMember = customer.membership?.joined !== undefined;
      if (isMember === (change === 'join')) return standingAnswer(customer, clock.now());

      const event = membershipEvent(change, terms, keyName, clock.now());
      const { customerId } = await receiver.receiveOwn(customer.id, event);
      return standingAnswer(await customerNamed(customers, customerId), clock.now());
    });
  };
}
