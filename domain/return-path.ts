import { timingSafeEqual } from 'node:crypto';
import { base32Of } from './base32.ts';
import { sendRef } from './send-ref.ts';
import { signatureOf } from './signature.ts';

/** Whom and which mail an address of ours is about. */
export type SentMail = {
  readonly customerId: string;
  /** `sendRef` of the send's key. */
  readonly ref: string;
};

/** What a mail to an address of one of our sends means: reports come to `bounce`; a person leaves, or answers. */
export type SendTokenRead = SentMail & { readonly kind: 'bounce' | 'unsubscribe' | 'reply' };

/** Reports of a mail by which an address was to be confirmed: of nobody's yet, so it names the request alone. */
type ConfirmationRead = {
  readonly kind: 'confirmation' /** `confirmationRef` of the join request. */;
  readonly ref: string;
};

/** A mail of ours, whatever it was for. */
export type MailNamed = SendTokenRead | ConfirmationRead;

/** The same; or it is the one address that providers send spam complaints to, of whichever mail. */
export type ReturnPathRead = MailNamed | { readonly kind: 'feedback-loop' };

const PREFIX = { bounce: 'b', unsubscribe: 'u', reply: 'r' } as const;
const KINDS = ['bounce', 'unsubscribe', 'reply'] as const;

const FEEDBACK_LOOP = 'feedback-loop';

/** `b+<customer>.<ref>.<mac>`, 62 octets of the 64 that a local part may have (RFC 5321 §4.5.3.1.1). */
const LOCAL = /^(?<prefix>[bur])\+(?<id>[0-9a-z]{26})\.(?<ref>[a-z2-7]{16})\.(?<mac>[a-z2-7]{16})$/;

/** `c+<ref>.<mac>`. */
const CONFIRMATION = /^c\+(?<ref>[a-z2-7]{16})\.(?<mac>[a-z2-7]{16})$/;

/** The name of a send with its proof, as a provider's webhook brings it back: the local part of its return path. */
export function sendToken(secret: string, customerId: string, key: string): string {
  return localPart('bounce', { customerId, ref: sendRef(key) }, secret);
}

/**
 * Makes the addresses of one mail (variable envelope return path): where its bounces go, and where one writes to
 * leave its topic. They name ids only, and carry a proof: nobody makes one of a mail that they did not get.
 */
export function createReturnPath(domain: string, secret: string) {
  return function returnPathOf(customerId: string, key: string) {
    const mail = { customerId, ref: sendRef(key) };
    const at = (kind: SendTokenRead['kind']) => `${localPart(kind, mail, secret)}@${domain}`;
    return { bounce: at('bounce'), unsubscribe: at('unsubscribe'), reply: at('reply') };
  };
}

/** The name of a mail by which an address is confirmed, with its proof: the local part of its return path. */
export function confirmationToken(secret: string, ref: string): string {
  return `c+${ref}.${confirmationMac(secret, ref)}`;
}

/** The address to register for feedback loops, where each spam complaint encloses the mail that it is about. */
export function feedbackLoopAddress(domain: string, secret: string): string {
  return `f+${loopMac(secret)}@${domain}`;
}

/** Reads an address of ours; undefined: it is none, whatever is wrong with it. */
export function readReturnPath(
  domain: string,
  secrets: readonly string[],
  address: string,
): ReturnPathRead | undefined {
  const split = address.lastIndexOf('@');
  if (address.slice(split + 1).toLowerCase() !== domain.toLowerCase()) return undefined;
  const local = address.slice(0, Math.max(split, 0)).toLowerCase();
  const [, mac] = /^f\+([a-z2-7]{16})$/.exec(local) ?? [];
  if (mac) return isMacOf(mac, secrets.map(loopMac)) ? { kind: FEEDBACK_LOOP } : undefined;
  return readToken(secrets, local);
}

/** The mail that a text names by a token of ours, as a spam complaint does in the mail that it encloses. */
export function tokenIn(secrets: readonly string[], text: string): MailNamed | undefined {
  for (const [token] of text.matchAll(/\b(b\+[0-9a-z]{26}\.|c\+)[a-z2-7]{16}\.[a-z2-7]{16}\b/gi)) {
    const read = readToken(secrets, token);
    if (read) return read;
  }
  return undefined;
}

/** Reads the local part of such an address. Some mail servers change its case. */
export function readToken(secrets: readonly string[], token: string): MailNamed | undefined {
  const local = token.toLowerCase();
  return readSendToken(secrets, local) ?? readConfirmationToken(secrets, local);
}

function readConfirmationToken(secrets: readonly string[], local: string): ConfirmationRead | undefined {
  const { ref, mac } = CONFIRMATION.exec(local)?.groups ?? {};
  if (!ref || !mac) return undefined;
  const ours = secrets.map((secret) => confirmationMac(secret, ref));
  return isMacOf(mac, ours) ? { kind: 'confirmation', ref } : undefined;
}

function readSendToken(secrets: readonly string[], local: string): SendTokenRead | undefined {
  const { prefix, id, ref, mac } = LOCAL.exec(local)?.groups ?? {};
  if (!prefix || !id || !ref || !mac) return undefined;
  const kind = KINDS.find((one) => PREFIX[one] === prefix) ?? 'bounce';
  const mail = { customerId: id.toUpperCase(), ref };
  const isOurs = isMacOf(
    mac,
    secrets.map((secret) => macOf(kind, mail, secret)),
  );
  return isOurs ? { kind, ...mail } : undefined;
}

function isMacOf(mac: string, ours: readonly string[]): boolean {
  return ours.some((one) => timingSafeEqual(Buffer.from(one), Buffer.from(mac)));
}

function localPart(kind: SendTokenRead['kind'], mail: SentMail, secret: string): string {
  return `${PREFIX[kind]}+${mail.customerId.toLowerCase()}.${mail.ref}.${macOf(kind, mail, secret)}`;
}

/** 80 bits of HMAC-SHA-256 (RFC 2104 §5 asks for 80 at least): a guess is one in 10²⁴. */
function macOf(kind: SendTokenRead['kind'], { customerId, ref }: SentMail, secret: string): string {
  return base32Of(Buffer.from(signatureOf(secret, kind, customerId, ref), 'base64url'));
}

function confirmationMac(secret: string, ref: string): string {
  return base32Of(Buffer.from(signatureOf(secret, 'confirmation', ref), 'base64url'));
}

function loopMac(secret: string): string {
  return base32Of(Buffer.from(signatureOf(secret, FEEDBACK_LOOP), 'base64url'));
}
