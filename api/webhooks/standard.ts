import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readEvents } from '../../domain/incoming.ts';
import { signStandard } from '../../domain/standard-webhook.ts';
import { sameSecret } from '../access.ts';
import type { ApiDeps } from '../deps.ts';
import { parseStrictly } from '../json-body.ts';
import { Problem, unprocessable } from '../problem.ts';
import { errorsOf } from '../validation.ts';
import { bytesOf, WEBHOOK } from './raw-body.ts';

/** How far the sender's clock may be from ours, and how long a message may be on its way. */
const TOLERANCE_MS = 5 * 60_000;

/** Where whoever signs by Standard Webhooks reports, in the body of `POST /v1/events`. */
export function standardWebhook(
  app: FastifyInstance,
  { receiver, settings, clock }: Pick<ApiDeps, 'receiver' | 'settings' | 'clock'>,
): void {
  const { standard: secrets = [] } = settings.webhookSecrets ?? {};

  app.post('/webhooks/events', { ...WEBHOOK, schema: { hide: true } }, async (request, reply) => {
    if (secrets.length === 0)
      throw new Problem(404, 'signed events are not taken; set RAPPORT_WEBHOOK_SECRET');
    const body = bytesOf(request.body);
    requireStandardSignature(request, body, { secrets, now: clock.serverTime() });

    const read = readEvents(parseStrictly(body), clock.now());
    if (read.kind === 'refused') throw unprocessable(errorsOf(read.problems));
    return reply.code(202).send({ receipts: await receiver.receive(read.events, 'api') });
  });
}

/** @throws Problem 401 for a signature that does not fit, or a message of long ago */
function requireStandardSignature(
  { headers }: FastifyRequest,
  body: Buffer,
  { secrets, now }: { readonly secrets: readonly string[]; readonly now: number },
): void {
  const [id, stamp] = [String(headers['webhook-id'] ?? ''), String(headers['webhook-timestamp'] ?? '')];
  const told = String(headers['webhook-signature'] ?? '')
    .split(' ')
    .slice(0, 10);
  const timestamp = /^\d{1,12}$/.test(stamp) ? Number(stamp) : Number.NaN;
  const made = signStandard(body, { id, timestamp }, secrets).split(' ');
  const fits = made.filter((one) => told.some((other) => sameSecret(one, other)));
  if (id === '' || fits.length === 0) {
    throw new Problem(
      401,
      'the signature does not fit; sign by Standard Webhooks with the secret of both sides',
    );
  }
  if (Math.abs(now - timestamp * 1000) > TOLERANCE_MS) {
    throw new Problem(401, 'webhook-timestamp is more than five minutes from now; sign anew at each attempt');
  }
}
