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

/** What a mail to an address of ours means: reports come to `bounce`, a person leaves by `unsubscribe`. */
export type ReturnPathRead = SentMail & { readonly kind: 'bounce' | 'unsubscribe' };

const PREFIX = { bounce: 'b', unsubscribe: 'u' } as const;

/** `b+<customer>.<ref>.<mac>`, 62 octets of the 64 that a local part may have (RFC 5321 §4.5.3.1.1). */
const LOCAL = /^(?<prefix>[bu])\+(?<id>[0-9a-z]{26})\.(?<ref>[a-z2-7]{16})\.(?<mac>[a-z2-7]{16})$/;

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
    const at = (kind: ReturnPathRead['kind']) => `${localPart(kind, mail, secret)}@${domain}`;
    return { bounce: at('bounce'), unsubscribe: at('unsubscribe') };
  };
}

/** Reads an address of ours; undefined: it is none, whatever is wrong with it. */
export function readReturnPath(
  domain: string,
  secrets: readonly string[],
  address: string,
): ReturnPathRead | undefined {
  const split = address.lastIndexOf('@');
  if (address.slice(split + 1).toLowerCase() !== domain.toLowerCase()) return undefined;
  return readSendToken(secrets, address.slice(0, Math.max(split, 0)));
}

/** Reads the local part of such an address. Some mail servers change its case. */
export function readSendToken(secrets: readonly string[], token: string): ReturnPathRead | undefined {
  const { prefix, id, ref, mac } = LOCAL.exec(token.toLowerCase())?.groups ?? {};
  if (!prefix || !id || !ref || !mac) return undefined;
  const kind = prefix === PREFIX.bounce ? 'bounce' : 'unsubscribe';
  const mail = { customerId: id.toUpperCase(), ref };
  const given = Buffer.from(mac);
  const isOurs = secrets.some((secret) => timingSafeEqual(Buffer.from(macOf(kind, mail, secret)), given));
  return isOurs ? { kind, ...mail } : undefined;
}

function localPart(kind: ReturnPathRead['kind'], mail: SentMail, secret: string): string {
  return `${PREFIX[kind]}+${mail.customerId.toLowerCase()}.${mail.ref}.${macOf(kind, mail, secret)}`;
}

/** 80 bits of HMAC-SHA-256 (RFC 2104 §5 asks for 80 at least): a guess is one in 10²⁴. */
function macOf(kind: ReturnPathRead['kind'], { customerId, ref }: SentMail, secret: string): string {
  return base32Of(Buffer.from(signatureOf(secret, kind, customerId, ref), 'base64url'));
}
