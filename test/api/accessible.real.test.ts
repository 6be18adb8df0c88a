import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { proofsOf } from '../../domain/consent-proof.ts';
import { ownTouches } from '../../domain/own-touches.ts';
import { PHASES } from '../../domain/phases.ts';
import { confirmUrl } from '../../mail/links.ts';
import { ADMIN_KEY, anApi, aWorld } from '../support/api.ts';
import { ASKING_MAILS, ASKING_TOUCHES, tokenOf } from '../support/asked.ts';
import { aMail } from '../support/asked-sends.ts';
import { overflowOf, unreachableIn, violationsIn } from '../support/axe.ts';
import { aBrowser, hasBrowser, NO_BROWSER } from '../support/browser.ts';
import { aCustomer, anEvent, aPurchase, DAY, NOON } from '../support/builders.ts';
import { aKeptCase, fakeCases } from '../support/fake-cases.ts';
import { aGift, aHomelessGift } from '../support/gifts.ts';
import { aGuest, aToken, MAIL, SECRET } from '../support/guests.ts';
import { aJoinablePlaybook } from '../support/join.ts';
import { aJourney, aSend } from '../support/ledger.ts';
import { aBuyer, BY_INVITATION, JOINED } from '../support/members.ts';
import { aTeamTask } from '../support/team-tasks.ts';

const EVENTS = [
  anEvent({ type: 'sign-up', n: 1 }),
  aPurchase(2),
  anEvent({ type: 'unsubscribe', n: 3, data: { topic: 'tips' } }),
];
/** What makes a journey paused, held and ended: each state has a colour, and so has each phase. */
const STATES = ['pause', 'complaint', 'end', 'visit'].map((type) => [anEvent({ type, n: 1 })]);
const OTHER = '01JX0000000000000000000002';
const MEMBER = '01JX0000000000000000000009';
const TO_MEMBER = aSend({
  touch: 'welcome',
  _id: `${MEMBER}/welcome/1`,
  customerId: MEMBER,
  settledAt: new Date(NOON),
});
const ASKED = {
  ...{ id: 'key.000001', addressKey: 'key', askedAt: NOON, state: 'sent' as const },
  wish: { email: 'an@example.com', topics: ['news', 'tips'], language: 'nl', where: 'https://shop.example/' },
};
/** A mail that opens nothing personal any more. */
const OLD_MAIL = aSend({ touch: 'welcome', occasion: '0', settledAt: new Date(NOON - 91 * DAY) });
const WORLD = aWorld({
  customers: [
    ...[aGuest(), aCustomer(EVENTS, { id: OTHER, journey: aJourney() })],
    aBuyer({ id: MEMBER, membership: JOINED }),
    ...PHASES.map((phase, i) =>
      aCustomer(STATES[i] ?? [], { id: `${OTHER}${i}`, journey: aJourney({ phase }) }),
    ),
  ],
  events: EVENTS,
  sends: [
    ...ASKING_MAILS,
    { ...MAIL, settledAt: new Date(NOON) },
    TO_MEMBER,
    OLD_MAIL,
    aSend({ touch: 'thank-you', mail: aMail() }),
    aSend({ touch: 'birthday', state: 'unknown', outcome: { kind: 'unknown' }, mail: aMail() }),
  ],
  asked: [ASKED],
  tasks: [aTeamTask()],
  gifts: [aGift(), aHomelessGift({ key: MAIL._id })],
  proofs: EVENTS.flatMap((event) => proofsOf(event, 'key-an')),
});

const CASES = [
  aKeptCase({ clock: new Date(NOON), severity: 'high', customerId: OTHER }),
  aKeptCase({ id: 'shop/c-2', state: 'resolved', resolution: 'refund', resolvedAt: new Date(NOON) }),
];
const JOINABLE = aJoinablePlaybook();
const PLAYBOOK = { ...JOINABLE, touches: [...JOINABLE.touches, ...ASKING_TOUCHES, ...ownTouches({})] };
const CONFIRM = new URL(confirmUrl('http://x', SECRET, ASKED.id, NOON + DAY));
const OF_MAIL = `t=${aToken()}`;
const OF_OLD_MAIL = `t=${aToken('news', SECRET, OLD_MAIL)}`;

/** Every page there is: its path, and the button to press on it, where what is to be looked at comes after. */
const PAGES: readonly (readonly [path: string, press?: string])[] = [
  ['/'],
  [`/customers/${OTHER}`],
  ...PHASES.map((_, i) => [`/customers/${OTHER}${i}`] as const),
  ['/sending'],
  ['/sends'],
  ['/tasks'],
  ['/gifts'],
  ['/cases'],
  ['/cases?state=resolved'],
  ['/cases/shop%2Fc-1'],
  ['/cases/shop%2Fc-1', '.case-form button'], // what is to be mended
  ['/cases/shop%2Fc-2'],
  ['/customers?ref=nobody'], // there is nobody of that name
  ['/nothing-here'],
  ['/join'],
  ['/join', '.join-form button'], // what is to be mended
  [`/join/confirm${CONFIRM.search}`],
  ['/join/confirm?c=lost'],
  [`/unsubscribe?${OF_MAIL}`],
  [`/unsubscribe?${OF_MAIL}`, 'button[value=topic]'],
  [`/unsubscribe?${OF_MAIL}`, 'button[value=all]'],
  ['/unsubscribe?t=lost'],
  ['/unsubscribe?t=copy'],
  [`/preferences?${OF_MAIL}`],
  [`/preferences?${OF_MAIL}`, 'button[value=pause]'],
  [`/preferences/data?${OF_MAIL}`],
  [`/preferences/erase?${OF_MAIL}`],
  [`/preferences/erase?${OF_MAIL}`, 'button.alarm'],
  [`/preferences?${OF_OLD_MAIL}`],
  [`/preferences?${OF_OLD_MAIL}`, 'button[value=fresh-link]'],
  [`/preferences/data?${OF_OLD_MAIL}`],
  [`/why?${OF_MAIL}`],
  [`/complain?${OF_MAIL}`],
  [`/complain?${OF_MAIL}`, 'button[type=submit]'], // what is to be mended
  [`/membership?${OF_MAIL}`], // who may join
  [`/membership?t=${aToken('news', SECRET, TO_MEMBER)}`],
  [`/address?${OF_MAIL}`],
  [`/address?${OF_MAIL}`, '.join-form button'], // what is missing
  [`/answer?t=${tokenOf('csat')}&score=5`],
  [`/answer?t=${tokenOf('product-score')}&score=10`],
  [`/answer?t=${tokenOf('product-score')}&score=10`, '.join-form button'],
  [`/answer?t=${tokenOf('nps')}&score=2`, '.join-form button'], // let down, and asked why
  [`/answer?t=${tokenOf('open')}`],
  [`/answer?t=${tokenOf('open')}`, '.join-form button'], // what is to be mended
  [`/answer?t=${tokenOf('profile')}`],
];

const inBrowser = hasBrowser ? describe : describe.skip;

if (!hasBrowser) process.stderr.write(`accessibility of the pages ${NO_BROWSER}\n`);

inBrowser.each([
  ['en', 'light'],
  ['nl', 'dark'],
] as const)('every page, on a phone, in %s, when it is %s', (language, colorScheme) => {
  let app: FastifyInstance;
  let browser: Browser;
  let page: Page;
  let url: string;
  beforeAll(async () => {
    const clock = { now: () => NOON + 60_000, serverTime: () => NOON + 60_000 };
    app = await anApi(WORLD, {
      clock,
      playbooks: { current: async () => ({ ...PLAYBOOK, loyalty: BY_INVITATION }) },
      ...fakeCases(CASES),
    });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    browser = await aBrowser();
    const viewport = { width: 360, height: 740 };
    page = await (await browser.newContext({ locale: language, viewport, colorScheme })).newPage();
    await page.goto(`${url}/sign-in`);
    await page.fill('input[type=password]', ADMIN_KEY);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/`);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** All that stands in the way of somebody on the page that is open. */
  async function barriers() {
    return {
      language: await page.getAttribute('html', 'lang'),
      violations: await violationsIn(page),
      overflow: await overflowOf(page),
      unreachable: await unreachableIn(page),
    };
  }
  const NONE = { language, violations: [], overflow: 0, unreachable: [] };

  it('signs in without a barrier', async () => {
    const stranger = await (await browser.newContext({ locale: language })).newPage();
    await stranger.goto(`${url}/sign-in`);

    expect(await violationsIn(stranger)).toEqual([]);
    expect(await unreachableIn(stranger)).toEqual([]);
  });

  it.each(PAGES.map(([path, press = '']) => [path, press]))(
    'shows %s %s without a barrier',
    async (path, press) => {
      await page.goto(`${url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      if (press) await Promise.all([page.waitForEvent('load'), page.click(press)]);

      expect(await barriers()).toEqual(NONE);
    },
  );
});
