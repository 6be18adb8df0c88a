import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DkimSettings } from '../domain/dkim-settings.ts';
import { type DkimKey, signMessage } from './dkim.ts';

/** Thrown when a key is not fit to sign: which one, why, and how to mend it; nothing of the key. */
export class DkimRefused extends Error {
  override readonly name = 'DkimRefused';
}

/** Least length of an RSA key in bits; shorter ones are refused here, as mailbox providers begin to (RFC 8301 §3.2). */
const LEAST_BITS = 2048;

/**
 * Reads the keys that the environment names, the one that signs first.
 *
 * @throws DkimRefused when one cannot be read, or is no RSA key of 2048 bits or more
 */
export function readDkimKeys({ domain, keys }: DkimSettings): Promise<readonly DkimKey[]> {
  return Promise.all(
    keys.map(async ({ selector, source }) => ({ domain, selector, key: await keyFrom(selector, source) })),
  );
}

async function keyFrom(selector: string, source: string): Promise<KeyObject> {
  const refuse = (why: string) => new DkimRefused(`RAPPORT_DKIM_KEYS: the key of "${selector}" ${why}.`);
  const key = privateKey(await pemFrom(source, refuse));
  if (key?.asymmetricKeyType !== 'rsa')
    throw refuse('is not an RSA private key in PEM, without a passphrase');
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < LEAST_BITS) throw refuse(`has ${bits} bits: make one of ${LEAST_BITS}`);
  return key;
}

/** The key itself, its line breaks perhaps written as `\n`, or the file it stands in. */
async function pemFrom(source: string, refuse: (why: string) => Error): Promise<string> {
  if (source.startsWith('-----BEGIN')) return source.replaceAll('\\n', '\n');
  try {
    return await readFile(source.replace(/^file:(\/\/)?/, ''), 'utf8');
  } catch (error) {
    const code = error && typeof error === 'object' && 'code' in error ? error.code : error;
    throw refuse(`cannot be read from its file (${code})`); // which is not quoted: it might be the key
  }
}

function privateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined; // whatever it is, nothing of it is told
  }
}

/** The TXT record of a key, to be published at `<selector>._domainkey.<domain>`. */
export function dkimRecord({ key }: Pick<DkimKey, 'key'>): string {
  const half = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return `v=DKIM1; k=rsa; p=${half.toString('base64')}`;
}

/**
 * Signs a sample and has it verified, strictly, by code that is not ours, against the key's own public half.
 *
 * @param from the domain of the address that mails are from
 * @returns why mail from there must not be signed by it, or nothing
 */
export async function testKey(key: DkimKey, from: string): Promise<string | undefined> {
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js'); // 0.1 s to load: only who signs needs it
  const name = `${key.selector}._domainkey.${key.domain}`;
  const { results } = await dkimVerify(await signMessage(sampleFrom(from), key, Date.now()), {
    resolver: async (asked) => {
      if (asked !== name) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [[dkimRecord(key)]];
    },
    ...{ minBitLength: LEAST_BITS, strict: true },
  });
  const [first] = results;
  if (first?.status.result !== 'pass')
    return `what it signs does not verify (${first?.status.comment ?? 'no result'})`;
  return first.status.aligned
    ? undefined
    : `${key.domain} does not cover mail from ${from} (DMARC alignment)`;
}

function sampleFrom(domain: string): Buffer {
  return Buffer.from(
    `From: Rapport <sample@${domain}>\r\nTo: an@example.com\r\nSubject: A  sample\r\n\r\nHello \r\n\r\n\r\n`,
  );
}
