import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { PHASES } from '../../domain/phases.ts';
import { ADMIN_KEY, anApi } from '../support/api.ts';
import { overflowOf, unreachableIn, violationsIn } from '../support/axe.ts';
import { aBrowser, hasBrowser, NO_BROWSER } from '../support/browser.ts';
import { aCount, someResults } from '../support/results-counted.ts';

const inBrowser = hasBrowser ? describe : describe.skip;

if (!hasBrowser) process.stderr.write(`the page of results in a browser ${NO_BROWSER}\n`);

/** Results of each kind, with pictures and without. */
const COUNTED = [
  ...someResults(),
  ...PHASES.map((phase) => aCount({ name: phase, channel: 'event', sent: 3 })),
];

inBrowser('the page of results, on a phone', () => {
  let app: FastifyInstance;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    const countResults = async ({ from, now }: { from: number; now: number }) =>
      now - from < 40 * 86_400_000 ? [] : COUNTED;
    app = await anApi(undefined, { countResults });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    browser = await aBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each([
    ['en', 'light'],
    ['nl', 'dark'],
  ] as const)(
    'has no barrier in %s, when it is %s, with results, by channel and without',
    async (locale, colorScheme) => {
      const viewport = { width: 360, height: 740 };
      const page = await (await browser.newContext({ locale, viewport, colorScheme })).newPage();
      await page.goto(`${url}/sign-in`);
      await page.fill('input[type=password]', ADMIN_KEY);
      await page.keyboard.press('Enter');
      await page.waitForURL(`${url}/`);

      for (const query of ['', '?by=channel', '?days=30']) {
        await page.goto(`${url}/results${query}`);
        expect(await page.getAttribute('html', 'lang')).toBe(locale);
        expect(await violationsIn(page)).toEqual([]);
        expect([await overflowOf(page), await unreachableIn(page)]).toEqual([0, []]);
      }
    },
  );
});
