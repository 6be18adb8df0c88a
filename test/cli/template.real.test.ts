import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { templateCommand } from '../../cli/commands/template.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { createReceive } from '../../data/receive.ts';
import { type MailCatcher, startMailCatcher } from '../../servers/mail-catcher.ts';
import { aPlaybook } from '../support/builders.ts';
import { mongo } from '../support/servers.ts';

let folder = '';
let catcher: MailCatcher;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-'));
  catcher = await startMailCatcher();
  process.env.MONGODB_URI = await mongo();
});
afterEach(() => {
  delete process.env.SMTP_URL;
});
afterAll(async () => {
  await Promise.all([rm(folder, { recursive: true }), catcher.stop(), disconnect()]);
});

/** Runs the command, and gives what it printed with its exit code. */
async function run(...args: readonly string[]): Promise<{ readonly out: string; readonly code: number }> {
  const program = new Command('rapport').option('--json').exitOverride();
  templateCommand(program);
  for (const command of program.commands.flatMap(({ commands }) => commands))
    command.exitOverride().configureOutput({ writeErr: () => {} });
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { out: lines.join(''), code: Number(process.exitCode ?? 0) };
  } finally {
    write.mockRestore();
    process.exitCode = 0;
  }
}

/** A folder of templates with some mistakes in them. */
async function aBrokenFolder(): Promise<string> {
  const dir = join(folder, 'broken');
  await cp('templates', dir, { recursive: true });
  const welcome = await readFile(join(dir, 'welcome.mjml'), 'utf8');
  await writeFile(
    join(dir, 'welcome.mjml'),
    welcome.replace('{{/card}}', '<mj-raw>{{gold}}</mj-raw>\n{{/card}}'),
  );
  const footer = join(dir, 'partials/footer-service.mjml');
  await writeFile(footer, (await readFile(footer, 'utf8')).replace('<p>{{t', '<p style="color:#dddddd">{{t'));
  return dir;
}

describe('rapport template check', () => {
  it('accepts all that are shipped, those too that no playbook names', async () => {
    const { out, code } = await run('template', 'check');

    expect(out).toBe('Accepted: 42 templates in nl and en.\n');
    expect(code).toBe(0);
  });

  it('tells each mistake by file and line, once however many mails share it, and exits 1', async () => {
    const dir = await aBrokenFolder();

    const names = ['made-good', 'thank-you', 'welcome'];
    const { out, code } = await run('template', 'check', ...names, '--templates', dir);

    expect(out.replaceAll(`${dir}/`, '').split('\n')).toEqual([
      expect.stringMatching(
        /^partials\/footer-service\.mjml:4: text is hard to read by day: a contrast of 1\.2 /,
      ),
      'welcome.mjml:4: unknown variable "gold"',
      'Refused: 2 mistakes.',
      '',
    ]);
    expect(code).toBe(1);
  });

  it('checks those that are named, and answers as JSON', async () => {
    const dir = await aBrokenFolder();

    const one = await run('--json', 'template', 'check', 'news', '--templates', dir);
    const both = await run('--json', 'template', 'check', 'news', 'welcome', '--templates', dir);

    expect(JSON.parse(one.out)).toEqual({ accepted: true, templates: ['news'], errors: [] });
    expect(JSON.parse(both.out).errors).toEqual([
      { file: 'welcome.mjml', line: 4, message: 'unknown variable "gold"' },
    ]);
  });

  it('refuses a name there is no template for', async () => {
    await expect(run('template', 'check', 'welcom')).rejects.toThrow('did you mean "welcome"?');
  });
});

describe('rapport template preview', () => {
  it('shows headers, text and html for somebody made up', async () => {
    const file = join(folder, 'birthday.html');

    const { out } = await run('template', 'preview', 'birthday', '--locale', 'nl', '--out', file);

    expect(out).toContain('\nSubject: Gefeliciteerd, Iris\n');
    expect(out).toContain('\nList-Unsubscribe: <https://mail.example/unsubscribe?t=copy>\n');
    expect(out).toContain('\nSinds maart 2024 ben je bij ons.');
    expect(await readFile(file, 'utf8')).toContain('prefers-color-scheme: dark');
  });

  it('shows it for a stranger, and for a customer as they are known', async () => {
    await connect(process.env.MONGODB_URI ?? '');
    const clock = { now: Date.now, serverTime: Date.now };
    const { receive } = createReceive({ hashKey: 'key', clock, playbook: async () => aPlaybook([]) });
    const customer = { id: 'c-1', email: 'zoe@example.com', name: { first: 'Zoë' }, locale: 'en' };
    await receive([{ id: '1', source: 'shop', type: 'sign-up', at: Date.now(), customer }], 'api');
    const before = await CustomerModel.find().lean();
    await disconnect();

    const stranger = await run('--json', 'template', 'preview', 'birthday', '--sample', 'stranger');
    const known = await run('--json', 'template', 'preview', 'birthday', '--customer', 'shop:c-1');

    expect(JSON.parse(stranger.out).subject).toBe('Happy birthday');
    expect(JSON.parse(known.out)).toMatchObject({ subject: 'Happy birthday, Zoë', locale: 'en' });
    expect(known.out).not.toContain('zoe@example.com');
    await connect(process.env.MONGODB_URI ?? '');
    expect(await CustomerModel.find().lean()).toEqual(before);
    expect(await customers.find('shop:c-1')).toBeDefined();
    await disconnect();
  });

  it('refuses a customer there is not, and a sample there is not', async () => {
    await expect(run('template', 'preview', 'news', '--customer', 'nobody')).rejects.toThrow(
      'no customer "nobody"',
    );
    await expect(run('template', 'preview', 'news', '--sample', 'vip')).rejects.toThrow(
      'regular, newcomer, stranger',
    );
  });
});

describe('rapport template send-test', () => {
  it('sends one mail, marked as a test, to the address that is given', async () => {
    process.env.SMTP_URL = catcher.smtpUrl;

    const { out, code } = await run('template', 'send-test', 'news', '--to', 'anna@shop.example');

    expect(out).toMatch(/^Sent to anna@shop\.example: .+ \(250/);
    expect(code).toBe(0);
    const list = await (await fetch(catcher.url)).text();
    expect(list).toContain('[Test] ');
  });

  it('sends nothing without a server, or an address each time', async () => {
    const asked = ['template', 'send-test', 'news'];

    await expect(run(...asked, '--to', 'anna@shop.example')).rejects.toThrow('SMTP_URL is not set');
    await expect(run(...asked)).rejects.toThrow("required option '--to <address>'");
    await expect(run(...asked, '--to', 'anna')).rejects.toThrow('It is not an address.');
  });
});
