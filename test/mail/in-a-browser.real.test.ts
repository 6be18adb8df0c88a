import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { type Colour, colourOf, contrast } from '../../mail/colours.ts';
import { aBrowser, hasBrowser, NO_BROWSER } from '../support/browser.ts';
import { aShop } from '../support/mails.ts';
import { type SampleMail, sampleMails } from '../support/sample-mails.ts';

/** Of text against what it stands on (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;
const PHONE = { width: 390, height: 700 };

/** One of each layout, and all that stands in them: tiles, numbers, amounts, a button. */
const TOUCHES = ['complaint-received', 'care', 'cart-reminder', 'try-it'];

if (!hasBrowser) process.stderr.write(`mails in a browser ${NO_BROWSER}\n`);

let browser: Browser | undefined;
let mails: readonly SampleMail[] = [];

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await aBrowser();
  mails = await sampleMails(aShop({ people: { anna: { name: 'Anna de Wit', role: 'brander' } } }));
});

afterAll(() => browser?.close());

async function onAPhone(colorScheme: 'light' | 'dark', html: string) {
  const page = await browser?.newPage({ viewport: PHONE, colorScheme });
  if (!page) throw new Error(NO_BROWSER);
  await page.setContent(html);
  return page;
}

/** Run in the page: each text that is seen, its colour and what is behind it, as `rgb(…)`. */
const SEEN = `(() => {
  const groundOf = (element) => getComputedStyle(element).backgroundColor;
  const behind = (element) =>
    groundOf(element) === 'rgba(0, 0, 0, 0)' && element.parentElement ? behind(element.parentElement) : groundOf(element);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (!text || !element.checkVisibility() || element.closest('style, title')) continue;
    found.push({ text, colour: getComputedStyle(element).color, ground: behind(element) });
  }
  return found;
})()`;
const Seen = z.array(z.object({ text: z.string(), colour: z.string(), ground: z.string() }));

function read(rgb: string): Colour {
  const colour = colourOf(rgb);
  if (!colour) throw new Error(`no colour: ${rgb}`);
  return colour;
}

(hasBrowser ? describe : describe.skip)('a mail on a phone', () => {
  it.each(TOUCHES.flatMap((touch) => [[touch, 'light'] as const, [touch, 'dark'] as const]))(
    '%s is readable in the %s',
    async (touch, scheme) => {
      const mail = mails.find((one) => one.touch === touch);

      const page = await onAPhone(scheme, mail?.html ?? '');
      const texts = Seen.parse(await page.evaluate(SEEN));
      await page.close();

      expect(texts.length).toBeGreaterThan(8);
      const dim = texts.filter(({ colour, ground }) => contrast(read(colour), read(ground)) < READABLE);
      expect(dim).toEqual([]);
    },
  );

  it('fits its width, every one', async () => {
    const page = await onAPhone('light', '');
    const wide: string[] = [];
    for (const { touch, locale, html } of mails) {
      await page.setContent(html);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      if (Number(width) > PHONE.width) wide.push(`${touch} ${locale}`);
    }
    await page.close();

    expect(mails).toHaveLength(84);
    expect(wide).toEqual([]);
  });
});
