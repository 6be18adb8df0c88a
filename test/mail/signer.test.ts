import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DkimRefused, dkimRecord, readDkimKeys } from '../../mail/dkim-keys.ts';
import { createSigner, provenSigner } from '../../mail/signer.ts';
import { aDkimKey, anRsaKey, pemOf, verdictOn } from '../support/dkim.ts';

const KEY = aDkimKey();
const PEM = pemOf(KEY.key);
const mailFrom = (address: string) =>
  Buffer.from(`From: "O@b, Zoë"\r\n <${address}>\r\nSubject: Hi\r\n\r\nHello\r\n`);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rapport-'));
  await writeFile(join(dir, 'key.pem'), PEM);
});
afterAll(() => rm(dir, { recursive: true }));

const settings = (source: string, domain = 'shop.example') => ({
  domain,
  keys: [
    { selector: '2027', source },
    { selector: '2026', source: PEM },
  ],
});

describe('readDkimKeys', () => {
  it.each([
    ['in a file', () => join(dir, 'key.pem')],
    ['in a file, as a URL', () => `file:${join(dir, 'key.pem')}`],
    ['as it is', () => PEM],
    ['on one line', () => PEM.replaceAll('\n', '\\n')],
  ])('reads a key %s', async (_, source) => {
    const [first] = await readDkimKeys(settings(source()));

    expect(first && dkimRecord(first)).toBe(dkimRecord(KEY));
  });

  it.each([
    ['lost.pem', 'cannot be read from its file (ENOENT)'],
    ['-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----', 'is not an RSA private key in PEM'],
    [pemOf(anRsaKey(1024)), 'has 1024 bits: make one of 2048'],
  ])('tells which key is not fit to sign, and why: %#', async (source, why) => {
    const reading = readDkimKeys(settings(source));

    await expect(reading).rejects.toThrow(DkimRefused);
    await expect(reading).rejects.toThrow(`RAPPORT_DKIM_KEYS: the key of "2027" ${why}`);
    await expect(reading).rejects.not.toThrow(source.slice(0, 20));
  });
});

describe('provenSigner', () => {
  it.each(['shop.example', 'news.shop.example', undefined])(
    'signs by the first key for mail from %s',
    async (from) => {
      const sign = await provenSigner(settings(PEM), from);

      const signed = await sign(mailFrom('hello@shop.example'));

      expect(signed.kind).toBe('signed');
      expect(signed.kind === 'signed' && (await verdictOn(signed.raw, [KEY]))).toBe('pass');
    },
  );

  it('refuses a domain that is not that of the sender', async () => {
    await expect(provenSigner(settings(PEM), 'other.example')).rejects.toThrow(
      'RAPPORT_DKIM_KEYS: the key of "2027" is not used: shop.example does not cover mail from other.example (DMARC alignment).',
    );
  });

  it('refuses a key that does not stand for the sender though both end alike', async () => {
    await expect(provenSigner(settings(PEM, 'a.co.uk'), 'b.co.uk')).rejects.toThrow('does not cover');
  });
});

describe('createSigner', () => {
  it('signs nothing that it does not stand for', async () => {
    const sign = createSigner(KEY, () => 0);

    expect(await sign(mailFrom('hello@news.shop.example'))).toMatchObject({ kind: 'signed' });
    expect(await sign(mailFrom('hello@other.example'))).toEqual({
      kind: 'unsigned',
      because: 'shop.example does not cover mail from other.example (DMARC alignment)',
    });
  });
});
