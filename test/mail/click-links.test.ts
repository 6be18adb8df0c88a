import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { sendRef } from '../../domain/send-ref.ts';
import { createClickLinks, readClickToken } from '../../mail/click-links.ts';
import { countable } from '../../mail/counted-links.ts';
import { createRenderer } from '../../mail/render.ts';
import { sampleValues } from '../../mail/samples.ts';
import { loadTemplates } from '../../mail/templates.ts';
import { aTouch } from '../support/builders.ts';
import { aShop, headersFor } from '../support/mails.ts';

const MAIL = { customerId: '01JX0000000000000000000001', key: '01JX0000000000000000000001/welcome/1' };
const TARGET = 'https://shop.example/new?a=1&b=ü';
const clicksOf = createClickLinks('https://rapport.example', 'new');
const tokenOf = (url: string) => new URL(url).searchParams.get('t') ?? '';

describe('createClickLinks', () => {
  it('leads to our own address, and holds where to, signed', () => {
    const url = clicksOf(MAIL)(TARGET, 2);

    expect(url).toMatch(/^https:\/\/rapport\.example\/c\?t=[\w.-]+$/);
    expect(readClickToken(['new'], tokenOf(url))).toEqual({
      customerId: MAIL.customerId,
      ref: sendRef(MAIL.key),
      index: 2,
      url: TARGET,
    });
    expect(readClickToken(['newer', 'new'], tokenOf(url))?.url).toBe(TARGET);
  });

  it.each([2_000, 2_100, 2_101, 9_000])('leads where it should, also from a link of %d bytes', (length) => {
    const long = 'https://shop.example/?'.padEnd(length, 'a');
    const url = clicksOf(MAIL)(long, 2);

    expect(url === long ? long : readClickToken(['new'], tokenOf(url))?.url).toBe(long);
    expect(url === long).toBe(length > 2_100); // else it is counted
  });

  const token = tokenOf(clicksOf(MAIL)(TARGET, 2));
  const evil = Buffer.from('https://evil.example').toString('base64url');
  it.each([
    ['with another target', token.replace(Buffer.from(TARGET).toString('base64url'), evil)],
    ['of another link', token.replace('.2.', '.3.')],
    ['of another customer', token.replace('0001.', '0002.')],
    [
      'signed with another secret',
      tokenOf(createClickLinks('https://rapport.example', 'theirs')(MAIL)(TARGET, 2)),
    ],
    ['cut off', token.slice(0, -1)],
    ['that is a target alone', evil],
    ['that is empty', ''],
    ['that is long', 'a.'.repeat(10_000)],
  ])('reads no token %s', (_, bad) => {
    expect(readClickToken(['new', 'old'], bad)).toBeUndefined();
  });
});

describe('countable', () => {
  it('numbers what leads out of the mail, never what is the reader’s own', () => {
    const html = [
      '<a href="{{link shop.url}}">x</a>',
      '<a href="{{link links.unsubscribe}}">x</a>',
      '<a href="{{link links.why}}">x</a>',
      '<a href="{{link confirm.url}}">x</a>',
      '<a href="mailto:{{shop.replyTo}}">x</a>',
      '<img src="https://shop.example/a.png" alt="">',
      '<a href="https://shop.example/new?a=1&amp;b=2">x</a>',
    ].join('\n');

    const counted = countable(html);

    expect(counted.links).toEqual(['shop.url', 'https://shop.example/new?a=1&b=2']);
    expect(counted.html.split('\n')).toEqual([
      '<a href="{{link shop.url count=0}}">x</a>',
      ...html.split('\n').slice(1, 6),
      `<a href="{{link 'https://shop.example/new?a=1&b=2' count=1}}">x</a>`,
    ]);
  });
});

describe('a mail whose links are counted', () => {
  const shop = aShop();
  const { renderMail } = createRenderer();
  const values = { ...sampleValues('welcome', shop, 'regular'), locale: 'en' };
  const load = async (measure?: 'clicks') => {
    const touch = aTouch({ name: 'welcome', ...(measure && { measure }) });
    const [template] = await loadTemplates('templates', { shop, touches: [touch], locales: ['en'] });
    if (!template) throw new Error('no template');
    return template;
  };

  it('leads to us in html and text alike, and straight to the reader’s own pages', async () => {
    const { raw } = renderMail(await load('clicks'), values, headersFor(), clicksOf(MAIL));

    const { html = '', text = '' } = await PostalMime.parse(raw);
    const found = [...text.matchAll(/<(https:[^>]+)>/g)].map(([, url = '']) => url);
    expect(found.map((url) => new URL(url).pathname)).toEqual([
      ...['/c', '/unsubscribe', '/preferences', '/why', '/complain'],
    ]);
    expect(readClickToken(['new'], tokenOf(found[0] ?? ''))?.url).toBe('https://shop.example');
    expect(html).toContain(found[0]?.replaceAll('=', '&#x3D;'));
    expect(html).not.toContain('"https://shop.example"');
    expect(html).not.toMatch(/<img[^>]*rapport\.example/); // no open pixel
  });

  it('is the same as any other for who did not agree', async () => {
    const [measured, plain] = await Promise.all([load('clicks'), load()]);

    const [one, other] = await Promise.all(
      [measured, plain].map((template) => PostalMime.parse(renderMail(template, values, headersFor()).raw)),
    );

    expect(one).toEqual(other);
    expect(one?.html).toContain('"https://shop.example"');
    expect(measured.links).toEqual(['shop.url']);
    expect(plain.links).toBeUndefined();
  });
});
