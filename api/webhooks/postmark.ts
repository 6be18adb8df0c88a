import type { FastifyInstance } from 'fastify';
import { sameSecret } from '../access.ts';
import { Problem } from '../problem.ts';
import { parseExactly } from './exact-json.ts';
import { bytesOf, WEBHOOK } from './raw-body.ts';
import { type DeliveryDeps, takeDelivery } from './take-delivery.ts';

/**
 * Where Postmark reports what became of mails. It signs nothing: it signs in, with the user and password of the
 * webhook's address (https://postmarkapp.com/developer/webhooks/webhooks-overview#protecting-your-webhook).
 */
export function postmarkWebhook(app: FastifyInstance, deps: DeliveryDeps): void {
  const { postmark = [] } = deps.settings.providers ?? {};

  app.post('/webhooks/postmark', { ...WEBHOOK, schema: { hide: true } }, async (request, reply) => {
    if (postmark.length === 0)
      throw new Problem(404, 'Postmark is not connected; set RAPPORT_POSTMARK_SECRET');
    requirePassword(request.headers.authorization, postmark);
    return reply.send(await takeDelivery('postmark', parseExactly(bytesOf(request.body)), deps));
  });
}

/** Whatever the user's name is. @throws Problem 401 */
function requirePassword(authorization = '', secrets: readonly string[]): void {
  const [, encoded = ''] = /^Basic ([\w+/=-]+)$/i.exec(authorization) ?? [];
  const told = Buffer.from(encoded, 'base64').toString('utf8');
  const password = told.slice(told.indexOf(':') + 1);
  if (secrets.filter((secret) => sameSecret(password, secret)).length === 0) {
    throw new Problem(
      401,
      "the password does not fit; compare RAPPORT_POSTMARK_SECRET with the webhook's address",
    );
  }
}
