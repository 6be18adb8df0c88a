import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { type MailCatcher, startMailCatcher } from '../../servers/mail-catcher.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { Rapport } from '../support/rapport.ts';

const PATIENCE = { within: 60_000 };
const WELCOME = aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { minutes: 10 } });

let catcher: MailCatcher;
let rapport: Rapport;
beforeAll(async () => {
  catcher = await startMailCatcher();
  rapport = await Rapport.start({ smtpUrl: catcher.smtpUrl, playbook: aPlaybook([WELCOME]) });
}, 120_000);
afterAll(async () => {
  await rapport?.stop();
  await catcher?.stop();
});

/** Posts a form as a browser does; answers the page. */
async function post(url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  return (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();
}

/** The link of the one mail that was caught. */
async function link(): Promise<string> {
  await eventually(() => catcher.inbox.after(0).length === 1, PATIENCE);
  const source = await (await fetch(`${catcher.url}/mails/1/text`)).text();
  return /http\S*\/join\/confirm\?c=[\w.-]+/.exec(source)?.[0] ?? 'no link';
}

describe('somebody who joins', () => {
  it('confirms by the link of a mail, and is welcomed on their journey; pressed twice, it is once', async () => {
    const fields = { email: 'an@example.com', topic: 'news', met: 'press', name: 'An' };
    expect(await post(`${rapport.url}/join?lang=en`, fields)).toContain('A mail is on its way');
    const confirm = new URL(await link());
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
