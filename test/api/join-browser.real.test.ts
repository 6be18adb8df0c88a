import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { aBrowser, hasBrowser, NO_BROWSER } from '../support/browser.ts';
import { Joining } from '../support/joining.ts';

const inBrowser = hasBrowser ? describe : describe.skip;

if (!hasBrowser) process.stderr.write(`joining in a browser ${NO_BROWSER}\n`);

inBrowser('joining in a real browser, on a phone', () => {
  let joining: Joining;
  let browser: Browser;
  beforeAll(async () => {
    joining = await Joining.start();
    browser = await aBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await joining?.close();
    await disconnect();
  });

  /** A phone without scripts, that notes what its pages ask of elsewhere. */
  async function aPhone(locale: string): Promise<{ page: Page; elsewhere: string[] }> {
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({ locale, viewport, javaScriptEnabled: false });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    page.on('request', (request) => request.url().startsWith(joining.url) || elsewhere.push(request.url()));
    return { page, elsewhere };
  }

  /** Sends the form that is open, and waits for the page that answers. */
  async function send(page: Page, by: () => Promise<void> = () => page.click('button')): Promise<string> {
    await Promise.all([page.waitForEvent('load'), by()]);
    return (await page.textContent('h1')) ?? '';
  }

  async function customerOf(email: string) {
    return CustomerModel.findOne({ 'known.profile.email': email }).lean();
  }

  it.each([
    ['en', 'an@example.com', 'Have a look in your mailbox', 'Shall we write to you?', 'You are in, An'],
    ['nl-BE', 'bo@example.com', 'Kijk even in je mailbox', 'Mogen we je schrijven?', 'Je bent erbij, An'],
  ])('fills in the form, confirms by the link of the mail, and is in: %s', async (locale, email, ...seen) => {
    const { page, elsewhere } = await aPhone(locale);
    await page.goto(`${joining.url}/join`);
    await page.fill('#name', 'An');
    await page.fill('#email', email);
    await page.check('input[value=news]');
    await page.selectOption('#met', 'word-of-mouth');
    joining.ahead += 3_000;
    const sent = await send(page);
    await page.goto(await joining.linkFor(email));
    const asked = await page.textContent('h1');

    expect([sent, asked, await send(page)]).toEqual(seen);
    expect(elsewhere).toEqual([]);
    expect((await customerOf(email))?.known).toMatchObject({
      profile: { name: { first: 'An' }, locale: locale.slice(0, 2) },
      metThrough: { channel: 'word-of-mouth' },
      consents: { news: { granted: true, basis: 'consent' } },
    });
  });

  it('is used by the keyboard alone, and told beside the fields what to mend', async () => {
    const { page } = await aPhone('en');
    await page.goto(`${joining.url}/join`);
    await page.focus('#email');
    await page.keyboard.type('cas@example');
    await send(page, () => page.keyboard.press('Enter'));

    expect(await page.getAttribute('#email', 'aria-invalid')).toBe('true');
    expect(await page.inputValue('#email')).toBe('cas@example');
    expect(await page.textContent('#topics-fault')).toContain('Tick at least one');

    joining.ahead += 3_000;
    await page.focus('#email');
    await page.keyboard.press('End');
    await page.keyboard.type('.com');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    for (let tab = 0; tab < 3; tab++) await page.keyboard.press('Tab'); // tips, how they met us, the button
    expect(await send(page, () => page.keyboard.press('Enter'))).toBe('Have a look in your mailbox');
  });

  it('joins by the five lines of the documentation, on a page of the shop’s', async () => {
    const { page } = await aPhone('en');
    const documented = /```html\n(<form.*?)```/s.exec(await readFile('docs/join.md', 'utf8'))?.[1] ?? '';
    expect(documented.trim().split('\n')).toHaveLength(5);
    const body = documented.replace('http://127.0.0.1:3000', joining.url);
    await page.route('https://shop.example/**', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto('https://shop.example/about-us');
    await page.fill('[name=email]', 'dee@example.com');
    await page.check('[name=topic]');

    expect(await send(page)).toBe('Have a look in your mailbox');
    await page.goto(await joining.linkFor('dee@example.com'));
    expect(await send(page)).toBe('You are in');
    expect(joining.mailsTo('dee@example.com')).toBe(1);
    expect((await customerOf('dee@example.com'))?.known.consents).toHaveProperty('news');
  });

  it.each(['/join', '/join/confirm?c=lost'])('fits %s on a narrow screen', async (path) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${joining.url}${path}`);

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await context.close();
  });
});
