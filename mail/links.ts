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
