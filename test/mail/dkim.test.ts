import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signMessage } from '../../mail/dkim.ts';
import { aDkimKey, verdictOn } from '../support/dkim.ts';

const KEY = aDkimKey();
const AT = Date.UTC(2026, 10, 22, 10);
const HEAD = [
  'From: =?UTF-8?B?xYF1a2Fzeg==?=\r\n <hello@shop.example>',
  'To: an@example.com',
  'Subject: A  subject \t of \r\n\t two lines ',
  'List-Unsubscribe: <https://shop.example/u?t=1>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'Feedback-ID: birthday:news:1:rapport',
];

const messageOf = (body: string, head = HEAD) => Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
const signed = (raw: Buffer) => signMessage(raw, KEY, AT);
const signatureIn = (raw: Buffer) => /^DKIM-Signature:.*(\r\n[ \t].*)*/.exec(raw.toString())?.[0] ?? '';

describe('signMessage', () => {
  it.each([
    '',
    '\r\n\r\n',
    'one',
    'one \t\r\n\r\n\r\n',
    '\r\n one  two\t\tthree \r\n\r\nfour\r\n',
    'zoë\r\n',
    '  ',
  ])('signs the body %j so that it verifies', async (body) => {
    expect(await verdictOn(await signed(messageOf(body)), [KEY])).toBe('pass');
  });

  it('signs whatever blanks and empty lines a message has', async () => {
    const piece = fc.constantFrom('a', '=20', ' ', '\t', '\r\n', 'é', '.', 'x'.repeat(70));
    await fc.assert(
      fc.asyncProperty(fc.array(piece), async (pieces) => {
        expect(await verdictOn(await signed(messageOf(pieces.join(''))), [KEY])).toBe('pass');
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the message below as it is, in lines of at most 78', async () => {
    const raw = messageOf('Hello\r\n');

    const whole = await signed(raw);

    expect(whole.subarray(-raw.length)).toEqual(raw);
    for (const line of signatureIn(whole).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
    expect(signatureIn(whole)).toContain('s=2027;\r\n t=1795341600;');
  });

  it('covers how to leave, and what is counted', async () => {
    const [, names = ''] = /h=([^;]*)/.exec(signatureIn(await signed(messageOf('Hello\r\n')))) ?? [];

    expect(names.replaceAll(/\s/g, '').split(':')).toEqual([
      ...['From', 'From', 'Reply-To', 'Subject', 'Subject', 'Date', 'To', 'To', 'Cc'],
      ...['MIME-Version', 'Content-Type', 'List-Unsubscribe', 'List-Unsubscribe'],
      ...['List-Unsubscribe-Post', 'List-Unsubscribe-Post', 'Feedback-ID'],
    ]);
  });

  it.each([
    ['another body', 'Hello', 'Hullo'],
    ['another link to leave by', 'u?t=1', 'u?t=2'],
    ['a second sender', 'From:', 'From: evil@shop.example\r\nFrom:'],
    ['a copy for others', 'To:', 'Cc: all@example.com\r\nTo:'],
    ['another way to count it', 'Feedback-ID: birthday', 'Feedback-ID: gift'],
  ])('does not stand for %s', async (_, was, is) => {
    const whole = await signed(messageOf('Hello\r\n'));
    const forged = whole.toString().replace(was, is);

    expect(await verdictOn(whole, [KEY])).toBe('pass');
    expect(forged).not.toBe(whole.toString());
    expect(await verdictOn(forged, [KEY])).not.toBe('pass');
  });

  it.each(['Feedback-ID: of:the:relay', 'Received: by relay.example', 'Precedence: bulk'])(
    'stands when a relay adds %s',
    async (line) => {
      const whole = await signed(messageOf('Hello\r\n'));

      expect(await verdictOn(`${line}\r\n${whole}`, [KEY])).toBe('pass');
    },
  );

  it('does not verify by another key of the same name', async () => {
    expect(await verdictOn(await signed(messageOf('Hello\r\n')), [aDkimKey()])).toBe('fail');
  });
});
