import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { askLink } from '../../domain/fresh-link.ts';
import { ownTouches } from '../../domain/own-touches.ts';
import { createMailLinks } from '../../mail/links.ts';
import { type MailCatcher, startMailCatcher } from '../../servers/mail-catcher.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { Rapport } from '../support/rapport.ts';
import { aReceive } from '../support/shop.ts';

const PATIENCE = { within: 60_000 };
const WELCOME = aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { minutes: 10 } });

let catcher: MailCatcher;
let rapport: Rapport;
beforeAll(async () => {
  catcher = await startMailCatcher();
  rapport = await Rapport.start({
    smtpUrl: catcher.smtpUrl,
    playbook: aPlaybook([WELCOME, ...ownTouches({})]),
  });
}, 120_000);
afterAll(async () => {
  await rapport?.stop();
  await catcher?.stop();
});

/** Posts a form as a browser does; answers the page. */
async function post(url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  return (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();
}

/** A link of the n-th mail that is caught, and to whom that went. */
async function linkIn(n: number, link: RegExp): Promise<readonly [link: string, to: string]> {
  await eventually(() => catcher.inbox.after(0).length >= n, PATIENCE);
  const source = await (await fetch(`${catcher.url}/mails/${n}/text`)).text();
  return [link.exec(source)?.[0] ?? 'no link', catcher.inbox.after(0)[n - 1]?.to ?? ''];
}

describe('somebody who joins', () => {
  it('confirms by the link of a mail, and is welcomed on their journey; pressed twice, it is once', async () => {
    const fields = { email: 'an@example.com', topic: 'news', met: 'press', name: 'An' };
    expect(await post(`${rapport.url}/join?lang=en`, fields)).toContain('A mail is on its way');
    const confirm = new URL((await linkIn(1, /http\S*\/join\/confirm\?c=[\w.-]+/))[0]);
    const c = confirm.searchParams.get('c') ?? '';

    const pages = [await post(confirm.href, { c }), await post(confirm.href, { c })];

    expect(pages[0]).toContain('You are in, An');
    expect(pages[1]).toContain('You are in already');
    const { body } = await rapport.ask('GET', '/v1/met-through');
    expect(body).toMatchObject({ customers: 1, channels: [{ channel: 'press', customers: 1, ordered: 0 }] });
    const [an] = await customers.latest(1);
    await eventually(() => rapport.hasHeardAll(an?.id ?? ''), PATIENCE);
    const { phase, agenda } = await rapport.journeyOf(an?.id ?? '');
    expect({ phase, agenda: agenda.map(({ touch }) => touch) }).toEqual({
      phase: 'first-contact',
      agenda: ['welcome'],
    });
  }, 120_000);
});

describe('a fresh link by mail', () => {
  it('comes once to the address that we hold, however often and wherever it is asked for, and opens what is personal', async () => {
    const [{ id = '' } = {}] = await customers.latest(1);
    const mail = { customerId: id, key: `${id}/long-ago/1`, topic: 'news' }; // of which nothing is kept any more
    const old = createMailLinks(rapport.url, rapport.env.RAPPORT_SECRET ?? '')(mail).preferences;
    const press = () => post(`${old}&lang=en`, { what: 'fresh-link', email: 'stranger@example.com' });
    expect(await (await fetch(old)).text()).toContain('value="fresh-link"');

    const asked = askLink({ id }, Date.now());
    const elsewhere = aReceive({ now: Date.now() }).receiveOwn(id, asked.event, asked.id);
    const pages = await Promise.all([press(), press(), press(), press()]);
    await elsewhere;
    const [fresh, to] = await linkIn(2, /http\S*\/preferences\?t=[\w.-]+/);

    expect(to).toBe('an@example.com');
    expect(await (await fetch(fresh)).text()).toContain('name="day"');
    expect([...new Set([...pages, await press()])]).toEqual([
      expect.stringContaining('Look in your mailbox'),
    ]);
    await eventually(() => rapport.hasHeardAll(id), PATIENCE);
    expect(catcher.inbox.after(0)).toHaveLength(2);
  }, 120_000);
});
