import type { FastifyError, FastifyInstance } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { logFault, problemOf } from '../errors.ts';
import { showShopMessage, visitOf } from './shop-page.ts';
import { type Show, showMessage } from './show.ts';

/** What goes wrong is said in the shop's name too, if there is a shop to speak for. */
export function answerInTheShopsName(
  app: FastifyInstance,
  show: Show,
  deps: Pick<ApiDeps, 'playbooks'>,
): void {
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const { statusCode: status, headers } = problemOf(error);
    if (status === 500) logFault(error, request);
    reply.headers(headers);
    const visit = await visitOf(deps, request, reply).catch(() => undefined); // MongoDB is away, or no playbook
    if (!visit) return showMessage(show, { request, reply }, 'wrong', status);
    const { wrongTitle: title, wrongLead: lead } = visit.words;
    return showShopMessage(show, visit, { title, lead, status });
  });
}
