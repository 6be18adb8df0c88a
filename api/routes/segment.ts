import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { normaliseSegment, SEGMENT_CALLS } from '../../domain/normalise-segment.ts';
import { REFUSALS, Receipts } from '../answers.ts';
import { Problem } from '../problem.ts';
import { createKeepPayload, type KeepDeps } from '../webhooks/keep-payload.ts';

/** What libraries of Segment want to hear. */
const Taken = Receipts.extend({ success: z.literal(true) });

const CALLS: ReadonlyMap<string, (typeof SEGMENT_CALLS)[keyof typeof SEGMENT_CALLS]> = new Map(
  Object.entries(SEGMENT_CALLS),
);

/** Where libraries of Segment report: their write key is an API key. */
export function segmentRoutes(deps: KeepDeps): FastifyPluginAsyncZod {
  const keep = createKeepPayload(deps);
  const schema = {
    tags: ['events'],
    summary: "Report in Segment's dialect",
    description:
      '`track`, `identify`, `page`, `screen`, or a `batch` of them, as the libraries of Segment send them; the write ' +
      'key is an API key, as the name of Basic authentication. docs/connect.md tells which name becomes which event.',
    params: z.object({ call: z.string().describe('track, identify, page, screen, group, alias or batch') }),
    body: z.unknown(),
    response: { 200: Taken, ...REFUSALS },
  };
  return async (app) => {
    app.post('/v1/segment/:call', { schema, config: { scope: 'events:write' } }, async ({ params, body }) => {
      const call = CALLS.get(params.call);
      if (!call) throw new Problem(404, `there is no call ${params.call}; see docs/connect.md`);
      const { receipts } = await keep(normaliseSegment(call, body, deps.clock.now()));
      return { success: true as const, receipts: [...receipts] };
    });
  };
}
