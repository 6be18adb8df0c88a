import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SendAgainRequest, SettleSendRequest } from '../../domain/requests.ts';
import { REFUSALS, Receipt } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { listedSends, SendsQuery } from '../listed-sends.ts';
import { SendsAnswer } from '../sends-answer.ts';
import { sendAgain, settleByHand } from '../settling.ts';

const Params = z.object({ id: z.string().max(100).describe('`id` of the list') });

const READ = { scope: 'sending:read' } as const;
const WRITE = { scope: 'sending:write' } as const;

const LIST = {
  tags: ['sending'],
  summary: 'Mails that wait for a person: of unknown fate, or failed',
  description:
    'Of unknown fate is a mail whose worker was lost while transmitting, or whose server fell silent after its 354: it ' +
    'may have arrived, and marketing is never sent again by itself. Failed is what was given up after its activity had ' +
    'failed again and again. The latest first; a page of failed ones may hold fewer than `limit`.',
  querystring: SendsQuery,
  response: { 200: SendsAnswer, ...REFUSALS },
};
const SETTLE = {
  tags: ['sending'],
  summary: 'Say what became of a mail of unknown fate',
  description: '`arrived`: it keeps its place under the caps. `lost`: it gives it back. Who said so is kept.',
  params: Params,
  body: SettleSendRequest,
  response: { 204: z.null().describe('Settled'), ...REFUSALS },
};
const AGAIN = {
  tags: ['sending'],
  summary: 'Send a mail of unknown fate, or a failed one, again',
  description:
    'One attempt, to the letter as it was, under the same checks as any: consent, suppression, hold, hours, caps. However ' +
    'many ask at once, it is sent once; a repeated request is a `duplicate`, or a 409. Who asked, when and why is kept as ' +
    'an event `send-again`.',
  params: Params,
  body: SendAgainRequest,
  response: { 202: Receipt, ...REFUSALS },
};

type Deps = Pick<
  ApiDeps,
  'customers' | 'sends' | 'unsettledSends' | 'failedSends' | 'playbooks' | 'receiver' | 'clock'
>;

/** Mails of which nobody knows what became, and what people decide of them. */
export function sendsRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/sends', { schema: LIST, config: READ }, ({ query }) => listedSends(deps, query));
    app.post('/v1/sends/:id/settle', { schema: SETTLE, config: WRITE }, async (request, reply) => {
      const { outcome, ...said } = request.body;
      await settleByHand(deps, request.params.id, outcome, saidBy(request, said));
      return reply.code(204).send(null);
    });
    app.post('/v1/sends/:id/send-again', { schema: AGAIN, config: WRITE }, async (request, reply) => {
      const receipt = await sendAgain(deps, request.params.id, saidBy(request, request.body));
      return reply.code(202).send(receipt);
    });
  };
}

/** A key is known by its name; a person is only said to use it. */
function saidBy({ keyName }: FastifyRequest, { because, by }: { because: string; by?: string }) {
  return { because, by: by === undefined ? keyName : `${by} (${keyName})` };
}
