import type { FastifyReply } from 'fastify';
import { type Guest, showGuestMessage } from './guest.ts';
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
  { sends, clock }: PreferencesDeps,
  { customer, ref }: Guest,
): Promise<boolean> {
  const send = await sends.byRef(customer.id, ref);
  const sentAt = send?.settledAt?.getTime() ?? send?.claimedAt?.getTime() ?? send?.due;
  return sentAt !== undefined && clock.now() - sentAt < TRUSTED_MS;
}

/** Asks for a newer link. */
export function showStale(show: Show, guest: Guest): FastifyReply {
  const { words } = guest;
  return showGuestMessage(show, guest, { title: words.staleTitle, lead: words.staleLead, status: 403 });
}
