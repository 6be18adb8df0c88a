import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { headerBlock } from '../../mail/headers.ts';
import { mailIdentity } from '../../mail/mail-identity.ts';
import { headersFor } from '../support/mails.ts';

const NAMES = [
  'An Vos',
  'Łukasz Żak',
  '日本 太郎',
  'O’Brien, Zoë',
  'A "B" \\ C',
  'x=?y',
  'Vos (An) <an@evil.example>',
  'x'.repeat(200),
  `${'(x) '.repeat(40)}x`,
];
const LONG =
  'Een heel lang onderwerp met ümlauten, 日本語 en €, dat over meer dan twee regels gevouwen moet worden';

const parse = (block: string) => PostalMime.parse(`${block}\r\nx`);

const aList = {
  id: 'news.shop.example',
  name: 'Koffiehuis Zuiderzon: news',
  unsubscribe: 'https://rapport.shop.example/unsubscribe?t=c.ref.news.signature',
  feedbackId: 'birthday:news:1:rapport',
};

describe('headerBlock', () => {
  it.each(NAMES)('writes the display name %s so that it reads back the same', async (name) => {
    const block = headerBlock('Hi', headersFor({ to: { name, address: 'an@example.com' } }), 'en');

    const { to } = await parse(block);

    expect(to).toEqual([{ name, address: 'an@example.com' }]);
  });

  it.each([
    'Hello, An',
    LONG,
    LONG.repeat(8),
    'word '.repeat(80).trim(),
    'x'.repeat(300),
    '=?UTF-8?B?eA==?=',
    '🎂'.repeat(60),
  ])('folds the subject %# into ASCII lines of at most 76, and it reads back the same', async (subject) => {
    const block = headerBlock(subject, headersFor(), 'en');

    expect((await parse(block)).subject).toBe(subject);
    for (const line of block.split('\r\n')) expect(line).toMatch(/^[\x20-\x7e]{0,76}$/);
  });

  it('lets no value begin another header', async () => {
    const evil = 'An\r\nBcc: all@example.com\u2028\n\u0000x';
    const block = headerBlock(evil, headersFor({ to: { name: evil, address: 'an@example.com' } }), 'en');

    const { headers, bcc } = await parse(block);

    expect(bcc).toBeUndefined();
    expect(headers.map(({ key }) => key)).not.toContain('bcc');
    expect(block).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  });

  it.each([
    { to: { address: 'an@example.com>\r\nBcc: b@example.com' } },
    { to: { address: 'an@example.com, b@example.com' } },
    { messageId: '<a@b>\r\nX: y' },
    { boundary: 'no-marker' },
    { boundary: '=_a"\r\n' },
    { list: { ...aList, unsubscribe: 'http://shop.example' } },
    { list: { ...aList, unsubscribe: 'https://shop.example/>\r\nX: y' } },
    { list: { ...aList, unsubscribe: 'https://shop.example/a,b' } },
    { list: { ...aList, unsubscribe: 'mailto:a@shop.example>, <https://evil.example' } },
    { list: { ...aList, unsubscribeMail: 'u+1@shop.example?cc=all' } },
    { list: { ...aList, id: 'news\r\nX: y' } },
    { list: { ...aList, feedbackId: 'a b' } },
    { to: { address: 'ann@@example.com' } },
    { to: { address: 'ánn@example.com' } },
  ])('refuses what may not stand in a header: %j', (headers) => {
    expect(() => headerBlock('Hi', headersFor(headers), 'en')).toThrow();
  });

  it('tells when, in which language and how to leave', async () => {
    const block = headerBlock('Hi', headersFor({ list: aList }), 'nl');

    expect(block).toContain('Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n');
    expect(block).toContain('Message-ID: <one@shop.example>\r\n');
    expect(block).toContain('Content-Language: nl\r\n');
    expect(block).toContain('List-Id: "Koffiehuis Zuiderzon: news" <news.shop.example>\r\n');
    expect(block).toContain(`List-Unsubscribe: <${aList.unsubscribe}>\r\n`);
    expect(block).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(block).toContain('Feedback-ID: birthday:news:1:rapport\r\n');
    expect(block).not.toContain('Auto-Submitted');
  });

  it('names the address to leave by second, where one listens', () => {
    const list = { ...aList, unsubscribeMail: 'u+c.ref.mac@bounces.shop.example' };

    expect(headerBlock('Hi', headersFor({ list }), 'nl')).toContain(
      `List-Unsubscribe: <${aList.unsubscribe}>,\r\n <mailto:u+c.ref.mac@bounces.shop.example>\r\n`,
    );
  });

  it('promises one click over https only', () => {
    const list = { ...aList, unsubscribe: 'http://127.0.0.1:3000/unsubscribe?t=1' };
    const block = headerBlock('Hi', headersFor({ list }), 'nl');

    expect(block).toContain('List-Unsubscribe: <http://127.0.0.1:3000/unsubscribe?t=1>\r\n');
    expect(block).not.toContain('List-Unsubscribe-Post');
  });

  it('says of service mail that no person sent it, and not how to leave', () => {
    const block = headerBlock('Hi', headersFor(), 'nl');

    expect(block).toContain('Auto-Submitted: auto-generated\r\n');
    expect(block).not.toMatch(/^(List-|Feedback-ID)/m);
  });

  it('writes the domain of an address in ASCII', () => {
    const to = { name: 'Zoë', address: 'zoe@Käse.example' };

    expect(headerBlock('Hi', headersFor({ to }), 'nl')).toContain('<zoe@xn--kse-qla.example>\r\n');
  });
});

describe('mailIdentity', () => {
  it('is the same for the same send, and another for another', () => {
    const [one, again, other] = ['c/welcome/1', 'c/welcome/1', 'c/welcome/2'].map((key) =>
      mailIdentity(key, 'shop.example'),
    );

    expect(one).toEqual(again);
    expect(other).not.toEqual(one);
    expect(() => headerBlock('Hi', headersFor(one), 'en')).not.toThrow();
  });
});
