import { createHmac } from 'node:crypto';
import { sameSecret } from '../access.ts';
import { Problem } from '../problem.ts';

/**
 * Lets a body through that was signed with one of the secrets: HMAC-SHA-256 of its bytes, in base64.
 *
 * @param secrets two while one takes the place of another
 * @throws Problem 401
 */
export function requireSignature(
  body: Buffer,
  signature: string | readonly string[] | undefined,
  secrets: readonly string[],
): void {
  const told = typeof signature === 'string' ? signature : '';
  const signed = secrets.filter((secret) => {
    return sameSecret(told, createHmac('sha256', secret).update(body).digest('base64'));
  });
  if (signed.length === 0) {
    throw new Problem(401, 'the signature does not fit the body; compare the secret on both sides');
  }
}
