import { createHash } from 'node:crypto';
import { base32Of } from './base32.ts';

/**
 * Names a send where its key does not fit, in a link or an address: 16 characters of base32 in lower case (RFC 4648),
 * as some mail servers change the case of what they carry. It tells a send among those of its customer: of one
 * customer's no two share it.
 */
export function sendRef(sendKey: string): string {
  return base32Of(createHash('sha256').update(`ref ${sendKey}`).digest());
}

/** Names a send in addresses of the API, `<customerId>.<ref>`. */
export function sendId(customerId: string, sendKey: string): string {
  return `${customerId}.${sendRef(sendKey)}`;
}
