import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { REFUSALS } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { MembershipAnswer, membershipAnswer, PrivilegesAnswer, privilegesAnswer } from '../tier-answer.ts';

/** Where a shop's checkout asks which rights a customer has. */
export function privilegeRoutes({
  customers,
  playbooks,
  clock,
}: Pick<ApiDeps, 'customers' | 'playbooks' | 'clock'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['loyalty'],
    summary: 'The standing rights of a customer, by their tier',
    description:
      'For a checkout, by the shop’s own id of the customer (`shop:c-17`): what holds at this moment, whether the ' +
      'journey has heard of it or not. Of who is no member the list is empty.',
    params: IdParams,
    response: { 200: PrivilegesAnswer, ...REFUSALS },
  };
  const standing = {
    tags: ['loyalty'],
    summary:
      'A membership: points, tier, what the next tier takes and what keeps this one, rights and history',
    description: 'The latest 50 lines of the history; all lines of the points are at `…/points`.',
    params: IdParams,
    response: { 200: MembershipAnswer, ...REFUSALS },
  };
  const config = { scope: 'customers:read' } as const;
  return async (app) => {
    app.get('/v1/customers/:id/privileges', { schema, config }, async ({ params }) => {
      const [customer, playbook] = await Promise.all([
        customerNamed(customers, params.id),
        playbooks.current(),
      ]);
      return privilegesAnswer(customer, playbook, clock.now());
    });
    app.get('/v1/customers/:id/membership', { schema: standing, config }, async ({ params }) => {
      const [customer, playbook] = await Promise.all([
        customerNamed(customers, params.id),
        playbooks.current(),
      ]);
      return membershipAnswer(customer, playbook, clock.now());
    });
  };
}
