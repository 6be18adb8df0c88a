import { sendRef } from '../domain/send-ref.ts';
import { isSignedBy, signatureOf } from '../domain/signature.ts';

/** A link of a mail that is counted: which mail, which link of its template, and where it leads. */
export type CountedLink = {
  readonly customerId: string;
  /** `sendRef` of the mail's key. */
  readonly ref: string;
  /** In the `links` of the mail's template, from 0. */
  readonly index: number;
  readonly url: string;
};

const CLICK = 'click';

/** `<customer>.<ref of the send>.<number of the link>.<its target in base64url>.<signature>`. */
const TOKEN =
  /^(?<customerId>[\w-]{1,64})\.(?<ref>[a-z2-7]{16})\.(?<index>\d{1,3})\.(?<target>[\w-]{1,2800})\.(?<signature>[\w-]{43})$/;

/**
 * Makes the counted links of one mail: they lead to our own address, which counts and leads on. Where to stands in the
 * link itself and is signed, so that it leads nowhere else, and still leads there when the mail is long forgotten. One
 * too long for that stays plain, uncounted.
 */
export function createClickLinks(publicUrl: string, secret: string) {
  return function clicksOf({ customerId, key }: { readonly customerId: string; readonly key: string }) {
    const ref = sendRef(key);
    return (url: string, index: number): string => {
      const target = Buffer.from(url).toString('base64url');
      const signature = signatureOf(secret, CLICK, customerId, ref, index, target);
      const token = `${customerId}.${ref}.${index}.${target}.${signature}`;
      return TOKEN.test(token) ? `${publicUrl}/c?t=${token}` : url;
    };
  };
}

/** Reads the token of such a link; nothing where it is not ours: then it leads nowhere. */
export function readClickToken(secrets: readonly string[], token: string): CountedLink | undefined {
  const { customerId, ref, index, target, signature } = TOKEN.exec(token)?.groups ?? {};
  if (!customerId || !ref || !index || !target || !signature) return undefined;
  if (!isSignedBy(secrets, signature, CLICK, customerId, ref, Number(index), target)) return undefined;
  return { customerId, ref, index: Number(index), url: Buffer.from(target, 'base64url').toString() };
}
