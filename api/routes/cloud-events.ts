import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readEvents } from '../../domain/incoming.ts';
import { normaliseCloudEvent, pathInCloudEvent } from '../../domain/normalise-cloud-event.ts';
import type { Problem as Fault } from '../../domain/strict.ts';
import { REFUSALS, Receipts } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { parseStrictly } from '../json-body.ts';
import { unprocessable } from '../problem.ts';
import { errorsOf } from '../validation.ts';

const STRUCTURED = ['application/cloudevents+json', 'application/cloudevents-batch+json'];

const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'time', 'subject'] as const;

/** Where whatever speaks CloudEvents reports, in each of its modes over HTTP. */
export function cloudEventRoutes({
  receiver,
  clock,
}: Pick<ApiDeps, 'receiver' | 'clock'>): FastifyPluginAsyncZod {
  const schema = {
    tags: ['events'],
    summary: 'Report as CloudEvents',
    description:
      'CloudEvents 1.0: structured (`application/cloudevents+json`), in batches ' +
      '(`application/cloudevents-batch+json`), or binary (`application/json` with `ce-` header fields). The data hold ' +
      'the `customer` and the `consent` beside what the type of the event calls for.',
    body: z.unknown(),
    response: { 202: Receipts, ...REFUSALS },
  };
  return async (app) => {
    app.addContentTypeParser(STRUCTURED, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
      parseStrictly(body),
    );
    app.post('/v1/cloudevents', { schema, config: { scope: 'events:write' } }, async (request, reply) => {
      const told = cloudEventsIn(request);
      const now = clock.now();
      const isList = Array.isArray(told);
      const posted: readonly unknown[] = isList ? told : [told];
      const read = posted.map((one) => normaliseCloudEvent(one, now));
      const wrong = read.flatMap((one, i) =>
        one.kind === 'refused' ? placed(one.problems, isList ? [i] : []) : [],
      );
      if (wrong.length > 0) throw unprocessable(errorsOf(wrong));

      const events = readEvents(
        read.flatMap((one) => (one.kind === 'read' ? [one.event] : [])),
        now,
      );
      if (events.kind === 'refused')
        throw unprocessable(errorsOf(events.problems.map((fault) => relocated(fault, isList))));
      return reply.code(202).send({ receipts: [...(await receiver.receive(events.events, 'api'))] });
    });
  };
}

/** The body itself, or an event of the header fields with the body for its data. */
function cloudEventsIn({ headers, body }: FastifyRequest): unknown {
  if (headers['ce-specversion'] === undefined) return body;
  const told = ATTRIBUTES.map((name) => [name, decoded(headers[`ce-${name}`])] as const);
  const attributes = Object.fromEntries(told.filter(([, value]) => value !== undefined));
  return { ...attributes, data: body };
}

/** Header fields are percent-encoded UTF-8 (CloudEvents, HTTP binding §3.1.3.2). */
function decoded(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function placed(problems: readonly Fault[], base: readonly PropertyKey[]): readonly Fault[] {
  return problems.map((problem) => ({ ...problem, path: [...base, ...problem.path] }));
}

/** A fault of the event that was read, where it stands in what was posted. */
function relocated(fault: Fault, isList: boolean): Fault {
  const [i = 0, ...path] = fault.path;
  return { ...fault, path: [...(isList ? [i] : []), ...pathInCloudEvent(path)] };
}
