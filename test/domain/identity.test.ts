import { describe, expect, it } from '@jest/globals';
import { deliverable, externalId, isEmail, normaliseEmail } from '../../domain/identity.ts';

describe('normaliseEmail', () => {
  it.each([
    ['An@Example.COM', 'an@example.com'],
    ['  an@example.com\n', 'an@example.com'],
    ['an@exämple.com', 'an@xn--exmple-cua.com'],
    ['ａｎ@example.com', 'an@example.com'],
    ['an@example.com.', 'an@example.com'],
  ])('reads %j as %s', (written, normal) => {
    expect(normaliseEmail(written)).toBe(normal);
  });
});

describe('deliverable', () => {
  it('keeps the local part as it was written', () => {
    expect(deliverable(' An.Vos@EXÄMPLE.com')).toBe('An.Vos@xn--exmple-cua.com');
  });
});

describe('isEmail', () => {
  it.each(['an@example.com', "o'neil+cd@mail.example.co.uk", 'an@exämple.com', 'a@b.xn--p1ai'])(
    'takes %s',
    (address) => {
      expect(isEmail(address)).toBe(true);
    },
  );

  it.each([
    'an',
    'an@',
    '@example.com',
    'an@localhost',
    'an vos@example.com',
    'an@example.com\r\nBcc: x@example.com',
    'än@example.com',
    'an@127.0.0.1',
    '.an@example.com',
    `${'a'.repeat(65)}@example.com`,
    'an@example.com/path',
  ])('refuses %j', (address) => {
    expect(isEmail(address)).toBe(false);
  });
});

describe('externalId', () => {
  it('puts the source first', () => {
    expect(externalId('shop', 'c-17')).toBe('shop:c-17');
  });
});
