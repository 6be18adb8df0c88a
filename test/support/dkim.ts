import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { DkimKey } from '../../mail/dkim.ts';
import { dkimRecord } from '../../mail/dkim-keys.ts';

export function anRsaKey(bits = 2048): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
}

export function aDkimKey(key: Partial<DkimKey> = {}): DkimKey {
  return { domain: 'shop.example', selector: '2027', key: anRsaKey(), ...key };
}

export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What a verifier that is not ours says of a message, strictly, with these keys in DNS. */
export async function verdictOn(raw: Buffer | string, keys: readonly DkimKey[]) {
  const { results } = await dkimVerify(raw, {
    resolver: async (name) => {
      const found = keys.find(({ selector, domain }) => name === `${selector}._domainkey.${domain}`);
      if (!found) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [[dkimRecord(found)]];
    },
    ...{ minBitLength: 2048, strict: true },
  });
  return results[0]?.status.result;
}
