import { createHash } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** 80 bits: of one customer's sends no two share it. */
const LENGTH = 16;

/**
 * Names a send where its key does not fit, in a link or an address: 16 characters of base32 in lower case (RFC 4648),
 * as some mail servers change the case of what they carry. It tells a send among those of its customer.
 */
export function sendRef(sendKey: string): string {
  const bytes = createHash('sha256').update(`ref ${sendKey}`).digest();
  const bits = BigInt(`0x${bytes.subarray(0, (LENGTH * 5) / 8).toString('hex')}`);
  return Array.from({ length: LENGTH }, (_, at) => BASE32[Number((bits >> BigInt(at * 5)) & 31n)]).join('');
}
