import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { giftsCsv } from '../../domain/fulfilment.ts';
import { DoneRequest } from '../../domain/requests.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS, Receipt } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { allToSend, type FulfilmentDeps, markSent, shownGift } from '../fulfilment.ts';
import { FulfilmentAnswer, fulfilmentAnswer } from '../fulfilment-answer.ts';
import { GrantCostsAnswer, grantCostsAnswer } from '../grant-costs-answer.ts';
import { Problem } from '../problem.ts';
import { readCursor } from '../sends-cursor.ts';
import { idsIn, readCsv } from '../sent-csv.ts';

const Query = strict({
  state: z.enum(['to-send', 'sent'], { error: 'is to-send or sent' }).default('to-send'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
});
const Params = z.object({ id: z.string().max(200).describe('`id` of the list') });
const File = z
  .object({ csv: z.string() })
  .describe('a file whose column `id`, or first column, names the gifts');

const READ = { scope: 'fulfilment:read' } as const;
const WRITE = { scope: 'fulfilment:write' } as const;

const LIST = {
  tags: ['surprises'],
  summary: 'Gifts to be sent, or that were sent',
  description:
    'A gift is to be sent once its customer was told of it. Its address is the one they told for it, or that of their ' +
    'last order (`data.shipTo`). Those to be sent the oldest first, those that were the latest first.',
  querystring: Query,
  response: { 200: FulfilmentAnswer, ...REFUSALS },
};
const CSV = {
  tags: ['surprises'],
  summary: 'Gifts to be sent whose address is known, as a file for the warehouse',
  description: 'No cell of it is a formula, whatever a customer calls themselves.',
  response: { 200: { content: { 'text/csv': { schema: z.string() } } }, ...REFUSALS },
};
const SENT = {
  tags: ['surprises'],
  summary: 'Say that a gift was sent',
  description: 'Said again it is a `duplicate`, and changes nothing. It is kept as an event `gift-sent`.',
  params: Params,
  body: DoneRequest,
  response: { 202: Receipt, ...REFUSALS },
};
const ALL_SENT = {
  tags: ['surprises'],
  summary: 'Say that gifts were sent, by a file of the warehouse',
  description: 'As `text/csv`. Each counts by itself: those that are not known are named in the answer.',
  body: File,
  response: {
    200: z.object({ sent: z.int(), duplicates: z.int(), unknown: z.array(z.string()) }),
    ...REFUSALS,
  },
};

const Day = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'is neither a day such as 2026-11-22 nor a time in RFC 3339',
  })
  .transform((text) => Date.parse(text)); // of a day: midnight, UTC

const COSTS = {
  tags: ['results'],
  summary: 'What surprises cost, and how many were redeemed, for each touch',
  querystring: strict({
    from: Day.exactOptional().describe('only grants made from this moment on'),
    to: Day.exactOptional().describe('only those before this moment'),
  }),
  response: { 200: GrantCostsAnswer, ...REFUSALS },
};

/** What the warehouse is to send, what it has sent, and what all of it costs. */
export function fulfilmentRoutes(deps: FulfilmentDeps & Pick<ApiDeps, 'grantCosts'>): FastifyPluginAsyncZod {
  return async (app) => {
    readCsv(app);
    app.get('/v1/fulfilment', { schema: LIST, config: READ }, async ({ query }) => {
      const { state, limit, cursor } = query;
      const gifts = await deps.gifts.list(state, limit, readCursor(cursor));
      return fulfilmentAnswer(await Promise.all(gifts.map((gift) => shownGift(gift, deps))), limit);
    });
    app.get('/v1/results/grants', { schema: COSTS, config: READ }, async ({ query }) => {
      const { from = 0, to = Number.MAX_SAFE_INTEGER } = query;
      return grantCostsAnswer(await deps.grantCosts({ from, to }));
    });
    app.get('/v1/fulfilment.csv', { schema: CSV, config: READ }, async (_request, reply) => {
      return reply.type('text/csv; charset=utf-8').send(giftsCsv(await allToSend(deps)));
    });
    app.post('/v1/fulfilment/:id/sent', { schema: SENT, config: WRITE }, async (request, reply) => {
      const { note, by } = request.body ?? {};
      const said = { by: byWhom(request, by), ...(note !== undefined && { note }) };
      return reply.code(202).send(await markSent(deps, request.params.id, said));
    });
    app.post('/v1/fulfilment/sent', { schema: ALL_SENT, config: WRITE }, async (request) => {
      return allSent(deps, idsIn(request.body.csv), byWhom(request, undefined));
    });
  };
}

async function allSent(deps: FulfilmentDeps, ids: readonly string[], by: string) {
  const unknown: string[] = [];
  let [sent, duplicates] = [0, 0];
  for (const id of ids) {
    const receipt = await markSent(deps, id, { by }).catch((error: unknown) => {
      if (error instanceof Problem && error.statusCode === 404) return undefined;
      throw error;
    });
    if (!receipt) unknown.push(id);
    else if (receipt.duplicate) duplicates += 1;
    else sent += 1;
  }
  return { sent, duplicates, unknown };
}

/** A key is known by its name; a person is only said to use it. */
function byWhom({ keyName }: FastifyRequest, by: string | undefined): string {
  return by === undefined ? keyName : `${by} (${keyName})`;
}
