import { createHmac } from 'node:crypto';

/** What is signed of a message, besides its body. */
export type Stamp = {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
};

/** A secret is at least 24 bytes, in base64 (Standard Webhooks, "Signature scheme"). */
export const STANDARD_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/**
 * Signs a message by Standard Webhooks: one signature a secret, two while one takes the other's place.
 *
 * @returns the header `webhook-signature`
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signStandard(
  body: string | Buffer,
  { id, timestamp }: Stamp,
  secrets: readonly string[],
): string {
  return secrets.map((secret) => `v1,${signatureOf(body, `${id}.${timestamp}.`, secret)}`).join(' ');
}

function signatureOf(body: string | Buffer, stamp: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(stamp).update(body).digest('base64');
}
