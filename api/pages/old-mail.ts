import type { FastifyReply } from 'fastify';
import { askLink, isLinkMailed } from '../../domain/fresh-link.ts';
import { type Guest, showGuestMessage, showGuestPage, urlOf } from './guest.ts';
import type { PreferencesDeps } from './preferences.ts';
import type { Show } from './show.ts';

const DAY_MS = 86_400_000;

/**
 * For how long the link of a mail opens what is about the person. By it somebody leaves, and chooses, for ever; but a
 * mail is passed on, and mailboxes change hands.
 */
const TRUSTED_MS = 90 * DAY_MS;

/** Whether the mail by whose link they came is new enough; of one that is not found nobody knows. */
export async function isTrusted(
  { sends, clock }: Pick<PreferencesDeps, 'sends' | 'clock'>,
  { customer, ref }: Pick<Guest, 'customer' | 'ref'>,
): Promise<boolean> {
  const send = await sends.byRef(customer.id, ref);
  const sentAt = send?.settledAt?.getTime() ?? send?.claimedAt?.getTime() ?? send?.due;
  return sentAt !== undefined && clock.now() - sentAt < TRUSTED_MS;
}

/** Whether a mail with fresh links is offered: only where it would come. */
export function isFreshOffered({ customer, visit }: Pick<Guest, 'customer' | 'visit'>): boolean {
  return isLinkMailed(customer, visit.playbook);
}

/** Asks for a newer link, and offers to mail one. */
export function showStale(show: Show, guest: Guest): FastifyReply {
  const { words, token, visit } = guest;
  return showGuestPage(show, guest, {
    ...{ view: 'stale', title: words.staleTitle, lead: words.staleLead, status: 403 },
    ...{ isOffered: isFreshOffered(guest), backUrl: urlOf('preferences', token, visit.language) },
  });
}

/** Has a fresh link mailed, to the address that we hold; whoever pressed reads the same, whether one left or not. */
export async function askFresh(show: Show, deps: PreferencesDeps, guest: Guest): Promise<FastifyReply> {
  if (!isFreshOffered(guest)) return showStale(show, guest);
  const { customer, words } = guest;
  const { id, event } = askLink(customer, deps.clock.now());
  await deps.receiver.receiveOwn(customer.id, event, id);
  return showGuestMessage(show, guest, {
    ...{ title: words.freshAskedTitle, lead: words.freshAskedLead, hint: words.freshAskedHint, status: 200 },
  });
}
