import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  confirmationToken,
  createReturnPath,
  feedbackLoopAddress,
  readReturnPath,
  readToken,
  sendToken,
  tokenIn,
} from '../../domain/return-path.ts';
import { sendRef } from '../../domain/send-ref.ts';

const DOMAIN = 'bounces.shop.example';
const ID = '01JX0000000000000000000001';
const KEY = `${ID}/good-to-know/1`;
const addresses = createReturnPath(DOMAIN, 'new secret')(ID, KEY);
const read = (address: string) => readReturnPath(DOMAIN, ['newest secret', 'new secret'], address);

/** The same with the n-th character another. */
function altered(address: string, at: number): string {
  const letter = address[at] === 'a' ? 'b' : 'a';
  return `${address.slice(0, at)}${letter}${address.slice(at + 1)}`;
}

describe('createReturnPath', () => {
  it('makes addresses whose local part fits', () => {
    for (const address of Object.values(addresses)) {
      expect(Buffer.byteLength(address.split('@')[0] ?? '')).toBeLessThanOrEqual(64);
    }
  });

  it('makes another for each mail, each customer and each use', () => {
    const of = createReturnPath(DOMAIN, 'new secret');
    const made = [of(ID, KEY), of(ID, `${ID}/good-to-know/2`), of('01JX0000000000000000000002', KEY)];

    expect(new Set(made.flatMap((one) => Object.values(one))).size).toBe(9);
  });
});

describe('readReturnPath', () => {
  it.each(['bounce', 'unsubscribe', 'reply'] as const)(
    'reads its own, %s, whoever of our secrets made it',
    (kind) => {
      expect(read(addresses[kind])).toEqual({ kind, customerId: ID, ref: sendRef(KEY) });
    },
  );

  it('reads one of which a mail server changed the case', () => {
    expect(read(addresses.bounce.toUpperCase())).toEqual(read(addresses.bounce));
    expect(read(addresses.bounce)).toBeDefined();
  });

  it('reads none of which any character is another', () => {
    const positions = fc.integer({ min: 0, max: addresses.bounce.length - 1 });
    fc.assert(fc.property(positions, (at) => read(altered(addresses.bounce, at)) === undefined));
  });

  it.each([
    ['made with a secret that is ours no more', createReturnPath(DOMAIN, 'old secret')(ID, KEY).bounce],
    ['of another domain', addresses.bounce.replace(DOMAIN, 'shop.example')],
    ['to bounce, with the proof of leaving', addresses.unsubscribe.replace('u+', 'b+')],
    ['without a domain', addresses.bounce.split('@')[0] ?? ''],
    ['with more before it', `x${addresses.bounce}`],
    ['of somebody', 'postmaster@bounces.shop.example'],
    ['that is empty', ''],
  ])('reads none %s', (_what, address) => {
    expect(read(address)).toBeUndefined();
  });

  it('answers whatever it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => read(`${text}@${DOMAIN}`) === undefined));
  });
});

describe('sendToken', () => {
  it('is the local part, and read as such', () => {
    const token = sendToken('new secret', ID, KEY);

    expect(`${token}@${DOMAIN}`).toBe(addresses.bounce);
    expect(readToken(['new secret'], token)).toMatchObject({ customerId: ID, kind: 'bounce' });
  });
});

describe('confirmationToken', () => {
  const REF = sendRef('confirm/key.000001/1');
  const address = `${confirmationToken('new secret', REF)}@${DOMAIN}`;

  it('is read as that of one request, in any case', () => {
    expect(read(address)).toEqual({ kind: 'confirmation', ref: REF });
    expect(read(address.toUpperCase())).toEqual({ kind: 'confirmation', ref: REF });
  });

  it('is none of which any character is another, nor of a secret that is ours no more', () => {
    const positions = fc.integer({ min: 0, max: address.length - 1 });
    fc.assert(fc.property(positions, (at) => read(altered(address, at)) === undefined));
    expect(read(`${confirmationToken('old secret', REF)}@${DOMAIN}`)).toBeUndefined();
  });

  it('is found in a text, as that of a send is', () => {
    const text = `X-Rapport-Send: ${confirmationToken('new secret', REF)}\n`;
    expect(tokenIn(['new secret'], text)).toEqual({ kind: 'confirmation', ref: REF });
    expect(tokenIn(['a guess'], text)).toBeUndefined();
  });
});

describe('feedbackLoopAddress', () => {
  it('makes one that is read as such, and as nothing else', () => {
    const address = feedbackLoopAddress(DOMAIN, 'new secret');

    expect(read(address)).toEqual({ kind: 'feedback-loop' });
    expect(read(feedbackLoopAddress(DOMAIN, 'old secret'))).toBeUndefined();
    expect(read(altered(address, 5))).toBeUndefined();
  });
});

describe('tokenIn', () => {
  it('finds the mail that a text proves, after any that it does not', () => {
    const [forged, ours] = ['a guess', 'new secret'].map((secret) => sendToken(secret, ID, KEY));

    expect(tokenIn(['new secret'], `> X-Rapport-Send: ${forged}\n X-Rapport-Send:\n ${ours}\n`)).toEqual({
      ...{ kind: 'bounce', customerId: ID, ref: sendRef(KEY) },
    });
    expect(tokenIn(['new secret'], `${forged} ${addresses.unsubscribe}`)).toBeUndefined();
  });
});
