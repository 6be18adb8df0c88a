import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { parseStrictly } from '../json-body.ts';
import { Problem } from '../problem.ts';
import { bytesOf, WEBHOOK } from './raw-body.ts';
import { createSnsCheck, requireSubscribeUrl, type SnsMessage } from './sns-signature.ts';
import { type DeliveryDeps, takeDelivery } from './take-delivery.ts';

/** Where Amazon SES reports what became of mails, by a topic of Amazon SNS. */
export function sesWebhook(app: FastifyInstance, deps: DeliveryDeps & Pick<ApiDeps, 'fetchText'>): void {
  const { sesTopic } = deps.settings.providers ?? {};
  const now = () => deps.clock.serverTime();
  const check = sesTopic === undefined ? undefined : createSnsCheck(sesTopic, deps.fetchText, now);

  app.post('/webhooks/ses', { ...WEBHOOK, schema: { hide: true } }, async (request, reply) => {
    if (!check) throw new Problem(404, 'Amazon SES is not connected; set RAPPORT_SES_TOPIC');
    const message = await check(parseStrictly(bytesOf(request.body)));
    switch (message.Type) {
      case 'SubscriptionConfirmation':
        await confirm(message, deps);
        request.log.info('subscribed to the topic of Amazon SES');
        return reply.send({ taken: [] });
      case 'UnsubscribeConfirmation':
        request.log.warn('Amazon SES tells nothing any more: its topic was unsubscribed');
        return reply.send({ taken: [] });
      case 'Notification':
        return reply.send(await takeDelivery('ses', notificationIn(message), deps));
    }
  });
}

/** Only an address of SNS is opened, and only one that confirms. */
async function confirm({ SubscribeURL = '' }: SnsMessage, { fetchText }: Pick<ApiDeps, 'fetchText'>) {
  requireSubscribeUrl(SubscribeURL);
  await fetchText(SubscribeURL);
}

/** A test message of SNS is plain text. */
function notificationIn({ Message }: SnsMessage): unknown {
  try {
    return JSON.parse(Message);
  } catch {
    return undefined;
  }
}
