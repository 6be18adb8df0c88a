import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Playbook } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { aBrowser } from './browser.ts';
import { EVERY_TOUCH, type SampleMail, sampleMails } from './sample-mails.ts';

const PHONE = { width: 390, height: 700 };
const DESKTOP = { width: 900, height: 700 };
const COLUMNS = 6;
/** Of a mail on the sheet, against a phone. */
const SCALE = 0.62;
/** Of the JPEG, 0–100: what keeps small letters readable. */
const QUALITY = 62;

/** A drawn face, of nobody; by the key of the person. */
function portrait(person: string): string {
  const long = '<path d="M13 38V24a15 15 0 0 1 30 0v14z" fill="#4b3527"/>';
  const short = '<path d="M16 27V22a12 12 0 0 1 24 0v5z" fill="#8a6b4a"/>';
  const [hair, coat] = person === 'anna' ? [long, '#a8432a'] : [short, '#4d6450'];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 56"><rect width="56" height="56" fill="#cfdccf"/>
${hair}<path d="M8 56a20 16 0 0 1 40 0z" fill="${coat}"/><rect x="23" y="33" width="10" height="10" fill="#e3b08e"/>
<ellipse cx="28" cy="27" rx="9.5" ry="11" fill="#f0c4a4"/>
<path d="M18 24q8-1 12-7 2 5 8 7 0-13-10-13t-10 13z" fill="${person === 'anna' ? '#4b3527' : '#8a6b4a'}"/></svg>`;
}

/**
 * Makes the contact sheets of `docs/mails.md`, all mails of a language at phone width on one picture:
 * `npx node test/support/contact-sheet.ts [FOLDER]`.
 *
 * With a folder, also each mail by itself, on a phone by day and by night, and on a desktop. Needs chromium on PATH.
 */
async function main(folder: string | undefined): Promise<void> {
  const { shop, touches } = await thePlaybook();
  const mails = await sampleMails(shop, touches);
  const browser = await aBrowser();
  try {
    for (const locale of ['nl', 'en']) await sheet(browser, mails, locale);
    if (folder) await each(browser, mails, folder);
  } finally {
    await browser.close();
  }
}

/** The shop of the default playbook, with faces; and its touches, with the mails that are none. */
async function thePlaybook(): Promise<Pick<Playbook, 'shop' | 'touches'>> {
  const templates = EVERY_TOUCH.map(({ name }) => name);
  const read = readPlaybook(await readFile('playbooks/default.yaml', 'utf8'), { templates });
  if (read.kind === 'refused') throw new Error('playbooks/default.yaml is refused: check it first');
  const { shop, touches } = read.playbook;
  const others = EVERY_TOUCH.filter(({ name }) => touches.every((touch) => touch.name !== name));
  const people = Object.entries(shop.people ?? {}).map(
    ([key, person]) => [key, { ...person, photo: `https://photos.example/${key}.svg` }] as const,
  );
  return { shop: { ...shop, people: Object.fromEntries(people) }, touches: [...touches, ...others] };
}

async function sheet(browser: Browser, mails: readonly SampleMail[], locale: string): Promise<void> {
  const page = await pageOf(browser, PHONE, 'light');
  const figures: string[] = [];
  for (const mail of mails.filter((one) => one.locale === locale)) {
    const picture = (await shot(page, mail)).toString('base64');
    figures.push(
      `<figure><figcaption>${mail.touch}</figcaption><img src="data:image/png;base64,${picture}"></figure>`,
    );
  }
  await page.setViewportSize({ width: Math.ceil(COLUMNS * (PHONE.width * SCALE + 18) + 18), height: 900 });
  await page.setContent(`<!doctype html><style>
    body { margin: 9px; columns: ${COLUMNS}; column-gap: 0; background: #4a443f; font: 600 13px sans-serif; }
    figure { margin: 0; padding: 9px; break-inside: avoid; }
    figcaption { padding: 0 0 5px; color: #fff; }
    img { width: 100%; display: block; border-radius: 6px; }
  </style>${figures.join('')}`);
  const path = `docs/images/mails-${locale}.jpg`;
  await page.screenshot({ path, type: 'jpeg', quality: QUALITY, fullPage: true });
  process.stderr.write(`${path}\n`);
  await page.close();
}

async function each(browser: Browser, mails: readonly SampleMail[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, size, scheme] of [
    ['phone', PHONE, 'light'],
    ['night', PHONE, 'dark'],
    ['desktop', DESKTOP, 'light'],
  ] as const) {
    const page = await pageOf(browser, size, scheme);
    for (const mail of mails) {
      await writeFile(join(folder, `${mail.touch}-${mail.locale}-${name}.png`), await shot(page, mail));
    }
    await page.close();
  }
}

async function pageOf(
  browser: Browser,
  viewport: typeof PHONE,
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.route('https://photos.example/**', (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: portrait(/(\w+)\.svg/.exec(route.request().url())?.[1] ?? ''),
    }),
  );
  return page;
}

async function shot(page: Page, { html }: SampleMail): Promise<Buffer> {
  await page.setContent(html);
  return page.screenshot({ fullPage: true });
}

await main(process.argv[2]);
