import { createHash, createHmac } from 'node:crypto';

/** The longest id that is kept as it came; longer ones are kept as a keyed hash. */
const LONGEST_ID = 64;

/** HMAC-SHA-256 in base64url, 43 characters: recognises a text again without telling it. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** SHA-256 in hex, 64 characters: says which text it was. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * A number in [0, 1) that is always the same for the same parts, and evenly spread over different ones.
 *
 * Shares, the holdout and spreads in time rest on it, so that simulation and engine agree.
 */
export function stableShare(...parts: readonly string[]): number {
  const text = JSON.stringify(parts);
  const known = shares.get(text);
  if (known !== undefined) return known;

  const share = createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
  if (shares.size >= MOST_SHARES) shares.clear();
  shares.set(text, share);
  return share;
}

/** The last shares asked for: each decision about a customer asks for the same few again. */
const shares = new Map<string, number>();
const MOST_SHARES = 1_000;

/** An id as it is kept: as it came, or as a keyed hash where it may be an address, or is long. */
export function safeId(key: string, id: string): string {
  return id.includes('@') || id.length > LONGEST_ID ? keyedHash(key, id) : id;
}
