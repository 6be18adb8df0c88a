import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { EventData } from '../../domain/event.ts';
import { EndRequest, MoveRequest, PauseRequest, ResumeRequest } from '../../domain/requests.ts';
import { REFUSALS, Receipt } from '../answers.ts';
import { customerNamed, IdParams } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { hasEnded } from '../journey-state.ts';
import { Problem, unprocessable } from '../problem.ts';

type Command = { readonly type: 'pause' | 'resume' | 'move' | 'end'; readonly data: EventData };

type Deps = Pick<ApiDeps, 'customers' | 'receiver' | 'clock'>;

const LONGEST_PAUSE_MS = 10 * 365 * 86_400_000;

const CONFIG = { scope: 'journeys:write' } as const;

const ABOUT = {
  tags: ['journeys'],
  params: IdParams,
  response: { 202: Receipt, ...REFUSALS },
};

/** What a marketer may ask of a journey: each is kept as an event like any other, and holds from its 202 on. */
export function commandRoutes(deps: Deps): FastifyPluginAsyncZod {
  const path = '/v1/customers/:id/journey';
  const keep = (type: Command['type'], { id }: { id: string }, data: EventData) => {
    return keepCommand(deps, id, { type, data });
  };

  return async (app) => {
    app.post(`${path}/pause`, { schema: PAUSE, config: CONFIG }, async ({ params, body }, reply) => {
      checkUntil(body.until, deps.clock.now());
      return reply.code(202).send(await keep('pause', params, body));
    });
    app.post(`${path}/resume`, { schema: RESUME, config: CONFIG }, async ({ params, body }, reply) => {
      return reply.code(202).send(await keep('resume', params, body));
    });
    app.post(`${path}/move`, { schema: MOVE, config: CONFIG }, async ({ params, body }, reply) => {
      return reply.code(202).send(await keep('move', params, body));
    });
    app.post(`${path}/end`, { schema: END, config: CONFIG }, async ({ params, body }, reply) => {
      return reply.code(202).send(await keep('end', params, body));
    });
  };
}

const PAUSE = {
  ...ABOUT,
  summary: 'Silence marketing, until a moment or until resumed',
  description: 'No marketing mail of this customer starts after the 202. Service mail still goes out.',
  body: PauseRequest,
};
const RESUME = {
  ...ABOUT,
  summary: 'Let marketing go again',
  description: 'What waited is planned anew by priority, without a burst.',
  body: ResumeRequest,
};
const MOVE = {
  ...ABOUT,
  summary: 'Place the customer in a phase',
  description: 'Placed is not entered: with `welcome` they also get what the phase begins with.',
  body: MoveRequest,
};
const END = {
  ...ABOUT,
  summary: 'End the journey',
  description: 'A later purchase or sign-up, or `POST /v1/journeys`, begins it again.',
  body: EndRequest,
};

async function keepCommand({ customers, receiver, clock }: Deps, id: string, event: Command) {
  const customer = await customerNamed(customers, id);
  if (hasEnded(customer)) {
    throw new Problem(409, 'this journey has ended; POST /v1/journeys begins it again');
  }
  return receiver.receiveOwn(customer.id, { ...event, at: clock.now() });
}

/** @throws Problem 422 for a pause that is over already, or that nobody can have meant */
function checkUntil(until: number | undefined, now: number): void {
  if (until === undefined || (until > now && until < now + LONGEST_PAUSE_MS)) return;
  const message = until <= now ? 'is in the past' : 'is more than ten years away';
  throw unprocessable([{ pointer: '/until', message, hint: 'leave it out to pause until resumed' }]);
}
