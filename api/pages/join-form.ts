import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CHANNELS, type JoinFaults, type JoinFields, topicsOffered } from '../../domain/joining.ts';
import { isSignedBy, signatureOf } from '../../domain/signature.ts';
import { topicWords } from '../../domain/topics.ts';
import { showShopMessage, showShopPage, type Visit } from './shop-page.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

/** A form that was open for longer counts as one that does not say when it was opened. */
const OPEN_FOR_MS = 24 * 3_600_000;

/** What is longer than any of it needs to be is nobody's handwriting. */
const field = z.string().max(1_000).catch('');

/** The form as it is posted, from our page or from a page of the shop's; whatever is not a field of ours is left. */
export const JoinForm = z.object({
  name: field,
  email: field,
  topic: z.union([z.string().transform((topic) => [topic]), z.array(z.string()).max(100)]).catch([]),
  met: field,
  campaign: field,
  /** Nobody sees this field; who fills it in is a machine. */
  leave_empty: field,
  /** When the page was opened, signed. */
  opened: field,
});

/** In an address one can put how somebody came, for a poster: `/join?met=event&campaign=fair-2026`. */
export const JoinQuery = z.looseObject({ met: field, campaign: field });

export const EMPTY_FORM: JoinFields = { name: '', email: '', topics: [], met: '', campaign: '' };

/** What the form says besides its fields. */
type Said = {
  readonly faults?: JoinFaults;
  readonly notice?: 'onceMore' | 'busy' | 'rehearsal';
  readonly status?: number;
  /** Marks when the page was opened, signed. */
  readonly opened: string;
};

/** Shows the form, with what was filled in before and what is to be mended. */
export function showJoinForm(show: Show, visit: Visit, fields: JoinFields, said: Said): FastifyReply {
  const { words, playbook } = visit;
  const offered = topicsOffered(playbook);
  if (offered.length === 0) {
    return showShopMessage(show, visit, { title: words.nothingTitle, lead: words.nothingLead, status: 404 });
  }
  const { faults = {}, status = 200, opened } = said;
  const notice = said.notice ?? (playbook.mode?.kind === 'rehearsal' ? 'rehearsal' : undefined);
  const title = fill(words.title, { shop: playbook.shop.name });
  return showShopPage(show, visit, {
    ...{ view: 'join', title, status, opened },
    ...{ name: fields.name, email: fields.email, campaign: fields.campaign },
    topics: offered.map((topic) => ({
      ...{ topic, ...topicWords(playbook, topic, visit.language) },
      isTicked: fields.topics.includes(topic),
    })),
    channels: CHANNELS.map((channel) => ({
      ...{ channel, label: words.channels[channel] },
      isChosen: fields.met === channel,
    })),
    faults: faultsIn(faults, visit),
    notice: notice && words.notices[notice],
  });
}

/** What is wrong, in words, by field; `any` for the heading of the list. */
function faultsIn({ name, email, topics }: JoinFaults, { words }: Visit) {
  return {
    any: Boolean(name ?? email ?? topics),
    name: name && words.faults[name],
    email: email && words.faults[email],
    topics: topics && words.faults[topics],
  };
}

/** Marks when a page was opened. */
export function openedNow([secret = '']: readonly string[], now: number): string {
  const at = now.toString(36);
  return `${at}.${signatureOf(secret, 'join-form', at)}`;
}

/** For how long the page was open, milliseconds; undefined when nobody knows, as of a form on another page. */
export function openFor(secrets: readonly string[], opened: string, now: number): number | undefined {
  const [at = '', signature = ''] = opened.split('.');
  if (!isSignedBy(secrets, signature, 'join-form', at)) return undefined;
  const age = now - Number.parseInt(at, 36);
  return age >= 0 && age < OPEN_FOR_MS ? age : undefined;
}
