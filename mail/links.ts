import type { MailLinks } from '../domain/mail-links.ts';
import { sendRef } from '../domain/send-ref.ts';
import { isSignedBy, signatureOf } from '../domain/signature.ts';

/** What a link says of itself, once its signature is found to be ours. */
export type LinkRead =
  | { readonly kind: 'good' | 'expired'; readonly id: string }
  /** Cut off on its way, or not ours. */
  | { readonly kind: 'bad' };

const CONFIRM = 'confirm';

/** `<id>.<end in base 36>.<signature>`: all of it may stand in a URL as it is. */
const TOKEN = /^(?<id>[\w.-]{1,100})\.(?<until>[0-9a-z]{1,11})\.(?<signature>[\w-]{43})$/;

/**
 * The link by which an address is confirmed: it names the request, never the address.
 *
 * @param until when it ends, epoch milliseconds
 */
export function confirmUrl(publicUrl: string, secret: string, id: string, until: number): string {
  const token = `${id}.${until.toString(36)}.${signatureOf(secret, CONFIRM, id, until)}`;
  return `${publicUrl}/join/confirm?c=${token}`;
}

/** Reads the token of such a link; a bad one is refused without asking anybody. */
export function readConfirmToken(secrets: readonly string[], token: string, now: number): LinkRead {
  const { id, until: end, signature } = TOKEN.exec(token)?.groups ?? {};
  if (!id || !end || !signature) return { kind: 'bad' };
  const until = Number.parseInt(end, 36);
  if (!isSignedBy(secrets, signature, CONFIRM, id, until)) return { kind: 'bad' };
  return { kind: until > now ? 'good' : 'expired', id };
}

/** The mail whose links these are. */
export type LinkedMail = {
  readonly customerId: string /** The send key. */;
  readonly key: string;
  readonly topic: string;
};

/** Whom and which mail a link of a mail is about; `copy`: of one that was meant for somebody else to look at. */
export type MailTokenRead =
  | {
      readonly kind: 'good';
      readonly customerId: string /** `sendRef` of its key. */;
      readonly ref: string;
      readonly topic: string;
    }
  | { readonly kind: 'copy' }
  | { readonly kind: 'bad' };

const MAIL = 'mail';
const COPY = 'copy';

/** `<customer>.<ref of the send>.<topic>.<signature>`. */
const MAIL_TOKEN =
  /^(?<customerId>[\w-]{1,64})\.(?<ref>[a-z2-7]{16})\.(?<topic>[\w-]{1,64})\.(?<signature>[\w-]{43})$/;

/** Makes the customer's own links of one mail. They name ids only, and do not end: one may leave by an old mail too. */
export function createMailLinks(publicUrl: string, secret: string) {
  const linksWith = (token: string): MailLinks => {
    const to = (page: string) => `${publicUrl}/${page}?t=${token}`;
    const own = { unsubscribe: to('unsubscribe'), preferences: to('preferences'), why: to('why') };
    const asked = { complain: to('complain'), answer: to('answer'), address: to('address') };
    return { ...own, ...asked, membership: to('membership') };
  };
  /** `copy`: they lead to the same pages, and change nothing there. */
  return function linksOf(mail: LinkedMail | 'copy'): MailLinks {
    if (mail === 'copy') return linksWith(COPY);
    const { customerId, topic } = mail;
    const ref = sendRef(mail.key);
    return linksWith(`${customerId}.${ref}.${topic}.${signatureOf(secret, MAIL, customerId, ref, topic)}`);
  };
}

/** Reads the token of a mail's link; a bad one is refused without asking anybody. */
export function readMailToken(secrets: readonly string[], token: string): MailTokenRead {
  if (token === COPY) return { kind: 'copy' };
  const { customerId, ref, topic, signature } = MAIL_TOKEN.exec(token)?.groups ?? {};
  if (!customerId || !ref || !topic || !signature) return { kind: 'bad' };
  const isOurs = isSignedBy(secrets, signature, MAIL, customerId, ref, topic);
  return isOurs ? { kind: 'good', customerId, ref, topic } : { kind: 'bad' };
}
