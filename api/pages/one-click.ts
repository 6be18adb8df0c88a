import type { FastifyReply } from 'fastify';
import { leaveTopic, throughMail } from '../../domain/leaving.ts';
import { readMailToken } from '../../mail/links.ts';
import { chooseAs } from './choosing.ts';
import type { GuestDeps } from './guest.ts';

const GONE = 'We keep nothing of you from then. If mail comes again, leave by the link in a new one.';

/**
 * Leaves the topic of a mail by the one click of a mailbox provider (RFC 8058): no page, no cookie, no redirect, and
 * the same answer each time.
 *
 * Who was erased gets nothing by what was known of them; should they have come back, they are somebody new, whom a link
 * of then does not name: so it is said that this takes a link of now. The answer stands when it is kept; what could not be kept is posted again.
 */
export async function oneClick(deps: GuestDeps, reply: FastifyReply, token: string): Promise<FastifyReply> {
  const link = readMailToken(deps.settings.secrets, token);
  if (link.kind === 'bad') return plain(reply, 404, 'This link does not work.');
  if (link.kind === 'copy') return plain(reply, 200, 'This is a copy: nothing was changed.');

  const customer = await deps.customers.find(link.customerId);
  if (!customer || customer.erased) return plain(reply, 200, GONE);
  const choice = leaveTopic(customer, link.topic, 'one-click', deps.clock.now());
  const mail = choice && (await deps.sends.byRef(customer.id, link.ref));
  await chooseAs(deps, customer.id, throughMail(choice, mail));
  return plain(reply, 200, 'You are unsubscribed.');
}

function plain(reply: FastifyReply, status: number, text: string): FastifyReply {
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return reply.code(status).headers(headers).type('text/plain; charset=utf-8').send(`${text}\n`);
}
