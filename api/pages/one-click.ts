import type { FastifyReply } from 'fastify';
import { leaveTopic, throughMail } from '../../domain/leaving.ts';
import { readMailToken } from '../../mail/links.ts';
import { chooseAs } from './choosing.ts';
import type { GuestDeps } from './guest.ts';

/**
 * Leaves the topic of a mail by the one click of a mailbox provider (RFC 8058): no page, no cookie, no redirect, and
 * the same answer each time.
 *
 * Who was erased has left already. The answer stands when it is kept; what could not be kept is posted again.
 */
export async function oneClick(deps: GuestDeps, reply: FastifyReply, token: string): Promise<FastifyReply> {
  const link = readMailToken(deps.settings.secrets, token);
  if (link.kind === 'bad') return plain(reply, 404, 'This link does not work.');
  if (link.kind === 'copy') return plain(reply, 200, 'This is a copy: nothing was changed.');

  const customer = await deps.customers.find(link.customerId);
  if (customer && !customer.erased) {
    const choice = leaveTopic(customer, link.topic, 'one-click', deps.clock.now());
    const mail = choice && (await deps.sends.byRef(customer.id, link.ref));
    await chooseAs(deps, customer.id, throughMail(choice, mail));
  }
  return plain(reply, 200, 'You are unsubscribed.');
}

function plain(reply: FastifyReply, status: number, text: string): FastifyReply {
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return reply.code(status).headers(headers).type('text/plain; charset=utf-8').send(`${text}\n`);
}
