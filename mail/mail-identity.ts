import { createHash } from 'node:crypto';

/** The identity of a mail: the same send is the same mail, however often it is attempted. */
export function mailIdentity(sendKey: string, domain: string): { messageId: string; boundary: string } {
  const hash = createHash('sha256').update(sendKey).digest('base64url').replaceAll(/[-_]/g, '').slice(0, 32);
  return { messageId: `<${hash}@${domain}>`, boundary: `=_${hash}` };
}
