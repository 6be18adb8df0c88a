import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { createMailer } from '../../mail/mailer.ts';
import { type MailCatcher, startMailCatcher } from '../../servers/mail-catcher.ts';
import { eventually } from '../support/eventually.ts';
import { FaultyServer } from '../support/smtp.ts';

const mail = (n: number, more: object = {}) => ({
  from: 'Anna <anna@shop.example>',
  to: `c${n}@example.com`,
  subject: `Thank you, nº ${n}`,
  messageId: `<${n}@rapport>`,
  text: `Hello ${n}`,
  html: `<p>Hello <b>${n}</b></p>`,
  ...more,
});

async function admit(): Promise<undefined> {}

describe('the mail catcher', () => {
  let catcher: MailCatcher;
  beforeEach(async () => {
    catcher = await startMailCatcher();
  });
  afterEach(() => catcher.stop());

  async function send(...mails: object[]): Promise<void> {
    const transport = createTransport({
      url: catcher.smtpUrl,
      pool: true,
      maxConnections: 5,
      maxMessages: Infinity,
    });
    await Promise.all(mails.map((one) => transport.sendMail(one)));
    transport.close();
  }
  const get = async (path: string) => (await fetch(`${catcher.url}${path}`)).text();

  it('counts mails and their different Message-IDs', async () => {
    await send(mail(1));
    await send(mail(2));
    await send(mail(2));

    const counted: unknown = await (await fetch(`${catcher.url}/messages.json`)).json();

    const at = expect.stringMatching(/^\d{4}-.*Z$/);
    const again = { messageId: '<2@rapport>', to: 'c2@example.com', subject: 'Thank you, nº 2', at };
    expect(counted).toMatchObject({
      delivered: 3,
      distinct: 2,
      duplicates: 1,
      messages: [{ messageId: '<1@rapport>' }, { messageId: '<2@rapport>' }, again],
    });
  });

  it('tells what came after a mail that is known', async () => {
    for (const n of [1, 2, 3]) await send(mail(n));

    const since = JSON.parse(await get('/messages.json?after=2'));

    expect(since).toMatchObject({ delivered: 3, messages: [{ n: 3, messageId: '<3@rapport>' }] });
  });

  it('takes as long as it is told, and keeps nothing of whoever hangs up before it has taken over', async () => {
    const slow = await startMailCatcher({}, { takesMs: 2_400 });
    const hasty = createMailer({ smtpUrl: slow.smtpUrl, timeoutMs: 1_000 }); // half of that, and time for a busy machine to connect
    const envelope = { from: 'anna@shop.example', to: 'c1@example.com' };
    const hungUp = await hasty.deliver(envelope, 'Subject: Hi\r\n\r\nHi\r\n', admit);
    const transport = createTransport({ url: slow.smtpUrl });
    const before = performance.now();

    await transport.sendMail(mail(2));

    expect(hungUp).toMatchObject({ kind: 'unknown' });
    expect(performance.now() - before).toBeGreaterThan(2_390);
    expect(slow.inbox.after(0)).toMatchObject([{ messageId: '<2@rapport>' }]);
    await slow.stop();
  });

  it('holds thousands, and finds one of them', async () => {
    await send(...Array.from({ length: 3000 }, (_, n) => mail(n, { html: `<p>${'x'.repeat(20_000)}</p>` })));

    const [page, found] = [await get('/?page=60'), await get('/?q=c1234')];

    expect(catcher.inbox.tally).toEqual({ delivered: 3000, distinct: 3000, duplicates: 0 });
    expect(page).toContain('60 / 60');
    expect(found).toContain('1 found');
  }, 60_000);

  it('shows a mail in a frame that can do nothing', async () => {
    await send(mail(7, { html: '<script>steal()</script><p>Hi</p>' }));

    const page = await get('/mails/1');
    const frame = await fetch(`${catcher.url}/mails/1/html`);

    expect(page).toContain('<iframe sandbox=');
    expect(page).toContain('Thank you, nº 7');
    expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await frame.text()).toContain('<p>Hi</p>');
    expect(await get('/mails/1/text')).toContain('Hello 7');
    expect(await get('/mails/1/source')).toContain('Message-ID: <7@rapport>');
  });

  it('shows foreign words as words', async () => {
    await send(mail(1, { subject: '<img src=x onerror=alert(1)>' }));

    expect(await get('/')).toContain('&lt;img src');
    expect(await get('/?q=%3Cb%3E')).toContain('&lt;b&gt;');
  });

  it('says where the inbox is on a page it does not have', async () => {
    expect((await fetch(`${catcher.url}/mails/99`)).status).toBe(404);
    expect(await get('/nowhere')).toContain('The inbox is at /');
  });

  it('sends back what is for nobody, as real servers do, and nothing else', async () => {
    const back = await new FaultyServer().listen();
    const bouncing = await startMailCatcher({}, { bouncesTo: Number(new URL(back.url).port) });
    const line = createTransport({ url: bouncing.smtpUrl });
    for (const to of ['an@example.com', 'nobody@example.com', 'spam@example.com']) {
      await line.sendMail({ ...mail(1), to, envelope: { from: 'b+1@bounces.localhost', to } });
    }
    line.close();
    await eventually(() => back.accepted.length === 2);

    expect(back.accepted.map(({ from, to }) => [from, to])).toEqual([
      ...[
        ['', 'b+1@bounces.localhost'],
        ['', 'b+1@bounces.localhost'],
      ],
    ]);
    const raws = back.accepted.map(({ raw }) => raw).join();
    expect(raws).toContain('Status: 5.1.1');
    expect(raws).toContain('Feedback-Type: abuse');
    await bouncing.stop();
    await back.close();
  });
});
