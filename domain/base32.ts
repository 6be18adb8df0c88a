const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 80 bits. */
const LENGTH = 16;

/** The first 80 bits of a hash as 16 characters of base32 in lower case (RFC 4648), the lowest bits first. */
export function base32Of(bytes: Uint8Array): string {
  const bits = BigInt(`0x${Buffer.from(bytes.subarray(0, (LENGTH * 5) / 8)).toString('hex')}`);
  return Array.from({ length: LENGTH }, (_, at) => ALPHABET[Number((bits >> BigInt(at * 5)) & 31n)]).join('');
}
