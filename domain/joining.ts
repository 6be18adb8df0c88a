import type { MetThrough, StoredEvent } from './event.ts';
import { deliverable, isEmail, normaliseEmail } from './identity.ts';
import type { Playbook } from './playbook.ts';
import { sendRef } from './send-ref.ts';
import { marketingAmong } from './topics.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How people say they met the shop, on the join page. */
export const CHANNELS = [
  ...['word-of-mouth', 'search', 'social-media', 'advertisement'],
  ...['press', 'event', 'passing-by', 'other'],
] as const;

/** How long the link that confirms works: three days, so that a mail of Friday evening is good on Monday. */
export const CONFIRM_WITHIN_MS = 72 * HOUR_MS;

/** Most confirmation mails to one address: so many a day, and so long between two. */
const MOST_A_DAY = 3;
const BETWEEN_MS = 10 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Between two attempts to send the confirmation: the person waits at their mailbox. */
const LONGEST_WAIT_MS = HOUR_MS;
/** After so long it is given up: what is left of the link would be too short. */
const GIVEN_UP_AFTER_MS = 48 * HOUR_MS;

/** What somebody filled in, as it came. */
export type JoinFields = {
  readonly name: string;
  readonly email: string;
  readonly topics: readonly string[];
  readonly met: string;
  readonly campaign: string;
};

/** What somebody asks for, before their address is confirmed. */
export type Wish = {
  /** As mail is sent to it. */
  readonly email: string;
  readonly name?: string;
  readonly topics: readonly string[];
  readonly metThrough?: MetThrough;
};

/** What is wrong with a field. */
export type JoinFaults = {
  readonly name?: 'not-a-name';
  readonly email?: 'missing' | 'not-an-address';
  readonly topics?: 'none';
};

type WishRead =
  | { readonly kind: 'read'; readonly wish: Wish }
  | { readonly kind: 'refused'; readonly faults: JoinFaults };

/** The topics one can join for: those of the playbook's marketing touches, in its order. */
export function topicsOffered(playbook: Pick<Playbook, 'touches' | 'topics'>): readonly string[] {
  const about = playbook.touches.filter(({ kind }) => kind === 'marketing').map(({ topic }) => topic);
  return marketingAmong(playbook, [...new Set(about)]);
}

/** Reads what somebody filled in; all that is wrong is told at once. */
export function readWish(fields: JoinFields, offered: readonly string[]): WishRead {
  const name = fields.name.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  const topics = offered.filter((topic) => fields.topics.includes(topic));
  const emailFault = faultOfEmail(fields.email);
  const faults: JoinFaults = {
    ...(isName(name) ? {} : { name: 'not-a-name' as const }),
    ...(emailFault && { email: emailFault }),
    ...(topics.length > 0 ? {} : { topics: 'none' as const }),
  };
  if (Object.keys(faults).length > 0) return { kind: 'refused', faults };

  const metThrough = metThroughOf(fields);
  const email = deliverable(fields.email);
  return { kind: 'read', wish: { email, ...(name && { name }), topics, ...(metThrough && { metThrough }) } };
}

/**
 * Whether one more confirmation mail may go to an address.
 *
 * @param asked when it was asked for before, epoch milliseconds, the newest first
 */
export function mayAsk(asked: readonly number[], now: number): boolean {
  const last = asked[0] ?? -Infinity;
  const first = asked[MOST_A_DAY - 1] ?? -Infinity;
  return now - last >= BETWEEN_MS && now - first >= DAY_MS;
}

/** The identity of the mail of one join request: numbers in ids begin anew one day, so the moment is in it. */
export function confirmationKey({ id, askedAt }: { readonly id: string; readonly askedAt: number }): string {
  return `confirm/${id}/${askedAt}`;
}

/** Names that mail where its key does not fit, as in an address: 16 characters of base32 in lower case. */
export function confirmationRef(request: { readonly id: string; readonly askedAt: number }): string {
  return sendRef(confirmationKey(request));
}

/** When a confirmation that could not be sent is tried again; undefined when it is given up. */
export function retryConfirmation(failures: number, askedAt: number, now: number): number | undefined {
  const at = now + Math.min(MINUTE_MS * 2 ** failures, LONGEST_WAIT_MS);
  return at - askedAt > GIVEN_UP_AFTER_MS ? undefined : at;
}

/**
 * Whether a suppressed address may be asked to confirm: who had unsubscribed, or was erased, may join anew; so may who
 * had a full mailbox for weeks, as confirming shows that it takes mail again. What is no more, or called our mail spam,
 * is never written to again.
 */
export function mayJoinAnew(reason: string): boolean {
  return /^(unsubscribed?|opt(ed)?[ -]?out|erased|soft-bounces)$/i.test(reason);
}

/** By what somebody who was erased comes back: an act of their own, done just now. An import never brings them back. */
export function comesBack({ type, acts }: Pick<StoredEvent, 'type' | 'acts'>): boolean {
  return acts && (type === 'purchase' || type === 'sign-up');
}

/** Whether this address gets a confirmation mail: while the whole playbook is rehearsed only the team gets mail. */
export function isWrittenTo(email: string, { mode, shop }: Pick<Playbook, 'mode' | 'shop'>): boolean {
  const known = normaliseEmail(email);
  return mode?.kind !== 'rehearsal' || shop.team.some((one) => normaliseEmail(one) === known);
}

/** A first name, or none; bots put web addresses there. */
function isName(name: string): boolean {
  return name.length <= 64 && !/[\p{Cc}<>@/\\]|www\.|http/iu.test(name);
}

function faultOfEmail(email: string): JoinFaults['email'] {
  if (email.trim() === '') return 'missing';
  return isEmail(email) ? undefined : 'not-an-address';
}

function metThroughOf({ met, campaign }: JoinFields): MetThrough | undefined {
  const channel = CHANNELS.find((known) => known === met);
  const named = /^[\w .:-]{1,64}$/.test(campaign) ? campaign.trim() : '';
  if (!channel && !named) return undefined;
  return { channel: channel ?? 'other', ...(named && { campaign: named }) };
}
