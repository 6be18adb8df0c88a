import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import { decode, encodePiece } from '../../mail/quoted-printable.ts';
import { Sheet } from '../../mail/sheet.ts';

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 5 });

describe('encodePiece', () => {
  it('lets pieces follow each other, in lines of at most 76 ASCII characters', () => {
    fc.assert(
      fc.property(texts, (pieces) => {
        const encoded = pieces.map(encodePiece).join('');

        expect(decode(encoded)).toBe(pieces.join('').replaceAll(/\r\n?/g, '\n'));
        for (const line of encoded.split('\r\n')) expect(line).toMatch(/^[\t\x20-\x7e]{0,76}$/);
      }),
    );
  });

  it('breaks a long line of ASCII as any other, never within an encoded character', () => {
    const ascii = fc.string({ unit: fc.constantFrom('=', 'a', '.', ' ', '~'), maxLength: 400 });
    fc.assert(
      fc.property(ascii, (line) => {
        const [encoded, other] = [line, `${line}é`].map(encodePiece);

        expect(decode(encoded ?? '')).toBe(line);
        expect(other?.startsWith((encoded ?? '').slice(0, -'=\r\n'.length))).toBe(true);
      }),
    );
  });

  it.each([
    ['a blank before a line break', 'An \nVos\t\n', 'An=20\r\nVos=09\r\n'],
    ['an equals sign', 'a=b', 'a=3Db=\r\n'],
    ['lone line feeds and returns', 'a\nb\rc\n', 'a\r\nb\r\nc\r\n'],
    ['a long line between characters', 'é'.repeat(13), `${'=C3=A9'.repeat(12)}=\r\n=C3=A9=\r\n`],
  ])('encodes %s', (_, text, encoded) => {
    expect(encodePiece(text)).toBe(encoded);
  });
});

describe('Sheet', () => {
  const values = fc.oneof(
    fc.string({ unit: fc.constantFrom('<', '&', '=', 'é', '🎂', ' ', '\n'), maxLength: 300 }),
    texts.map((some) => some.join('')),
  );

  it('escapes what goes into html, in lines of at most 76 ASCII characters', () => {
    const sheet = new Sheet();
    fc.assert(
      fc.property(values, (value) => {
        sheet.begin();
        sheet.html(value);
        const encoded = sheet.take();

        expect(decode(encoded)).toBe(Handlebars.Utils.escapeExpression(value).replaceAll(/\r\n?/g, '\n'));
        for (const line of encoded.split('\r\n')) expect(line).toMatch(/^[\t\x20-\x7e]{0,76}$/);
      }),
    );
  });

  it.each(['"', 'é', '.', '\n'])('grows with a mail full of %j', (character) => {
    const sheet = new Sheet();
    const value = character.repeat(100_000);
    sheet.begin();
    sheet.plain('head\r\n');
    sheet.html(value);
    sheet.put(Buffer.from(encodePiece(value)));

    const mail = sheet.take();

    const isWhole = decode(mail) === `head\n${Handlebars.Utils.escapeExpression(value)}${value}`;
    expect(isWhole).toBe(true); // without half a megabyte of it, where it is not
  });

  it('keeps an address in the head that is not ASCII', () => {
    const sheet = new Sheet();
    sheet.plain('To: <Zoë@bücher.example>\r\n');

    expect(sheet.take()).toBe('To: <Zoë@bücher.example>\r\n');
  });
});
