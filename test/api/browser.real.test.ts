import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { ADMIN_KEY, anApi, aWorld } from '../support/api.ts';
import { aMail } from '../support/asked-sends.ts';
import { aBrowser, hasBrowser, NO_BROWSER } from '../support/browser.ts';
import { aCustomer, aPurchase, CUSTOMER_ID } from '../support/builders.ts';
import { aJourney, aSend } from '../support/ledger.ts';

const EVENTS = [aPurchase(1)];
const WORLD = aWorld({
  customers: [aCustomer(EVENTS, { journey: aJourney() })],
  events: EVENTS,
  sends: [aSend({ touch: 'thank-you', mail: aMail() })],
});

const inBrowser = hasBrowser ? describe : describe.skip;

if (!hasBrowser) process.stderr.write(`pages in a browser ${NO_BROWSER}\n`);

inBrowser('the pages in a real browser, on a phone', () => {
  let app: FastifyInstance;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    app = await anApi(WORLD);
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    browser = await aBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  /** A phone that has handed in the key, and counts what its pages ask of elsewhere. */
  async function aPhone(locale: string): Promise<{ page: Page; elsewhere: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    page.on('request', (request) => request.url().startsWith(url) || elsewhere.push(request.url()));
    await page.goto(url);
    await page.fill('input[type=password]', ADMIN_KEY);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/`);
    return { page, elsewhere };
  }

  it.each(['en', 'nl'])(
    'show the start page and a customer in %s, within the width of the screen',
    async (locale) => {
      const { page, elsewhere } = await aPhone(locale);
      for (const path of ['/', `/customers/${CUSTOMER_ID}`]) {
        await page.goto(`${url}${path}`);

        expect(await page.getAttribute('html', 'lang')).toBe(locale);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      }
      expect(await page.textContent('h1')).toContain('An');
      expect(elsewhere).toEqual([]);
    },
  );

  it('open the mail that was sent in a frame without any rights', async () => {
    const { page } = await aPhone('en');
    await page.goto(`${url}/customers/${CUSTOMER_ID}`);
    await page.click('summary');
    const frame = page.locator('iframe').first();

    expect(await frame.getAttribute('sandbox')).toBe('');
    expect(await frame.contentFrame().locator('p').textContent()).not.toBe('');
  });
});
