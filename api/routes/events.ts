import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Incoming, readEvents } from '../../domain/incoming.ts';
import { REFUSALS, Receipts } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { unprocessable } from '../problem.ts';
import { errorsOf } from '../validation.ts';
import { EXAMPLE } from './event-example.ts';

/** Most bytes of a body: what five hundred purchases need, and nobody's memory minds. */
export const BODY_LIMIT = 1_048_576;

/** Where shops and forms report what customers do. */
export function eventRoutes({ receiver, clock }: Pick<ApiDeps, 'receiver' | 'clock'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['events'],
    summary: 'Report what customers did',
    description:
      'One event, or a list of up to 500: all are kept, or none. An event that came before, by its source and id, ' +
      'is answered as a duplicate and changes nothing. Events older than 48 hours change what we know, and never ' +
      'cause a mail.',
    body: Incoming.or(z.array(Incoming).max(500)).meta({ examples: [EXAMPLE] }),
    response: { 202: Receipts, ...REFUSALS },
  };
  const config = { scope: 'events:write' } as const;

  return async (app) => {
    app.setValidatorCompiler(() => (body) => {
      const read = readEvents(body, clock.now());
      return read.kind === 'read'
        ? { value: read.events }
        : { error: unprocessable(errorsOf(read.problems)) };
    });
    app.post('/v1/events', { schema, config }, async ({ body }, reply) => {
      return reply.code(202).send({ receipts: [...(await receiver.receive([body].flat(), 'api'))] });
    });
  };
}
