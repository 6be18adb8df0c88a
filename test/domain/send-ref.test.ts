import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sendRef } from '../../domain/send-ref.ts';

describe('sendRef', () => {
  it('is 16 characters of lower-case base32', () => {
    fc.assert(fc.property(fc.string(), (key) => /^[a-z2-7]{16}$/.test(sendRef(key))));
  });

  it('is the same for the same send, and another for another', () => {
    expect(sendRef('c/welcome/1')).toBe(sendRef('c/welcome/1'));
    const keys = Array.from({ length: 5_000 }, (_, nth) => `c/welcome/${nth}`);
    expect(new Set(keys.map(sendRef)).size).toBe(keys.length);
  });
});
