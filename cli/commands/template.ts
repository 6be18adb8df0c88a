import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { LANGUAGES } from '../../domain/languages.ts';
import { SAMPLES, type Sample } from '../../mail/samples.ts';
import { TemplateRefused } from '../../mail/template-refused.ts';
import { answer } from '../answer.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { type Composed, composeSample, type Whose } from '../sample-mail.ts';
import { checkTemplates } from '../template-check.ts';
import { addressOf, sendTest } from '../test-mail.ts';

type Where = { readonly playbook: string; readonly templates: string };
type PreviewOptions = Where & Whose & { readonly out?: string; readonly open?: true };
type TestOptions = Where & Whose & { readonly to: string };

/** `rapport template`: what would be refused of the mails, and what they look like, before anybody gets one. */
export function templateCommand(program: Command): void {
  const template = program
    .command('template')
    .description('the mails: check them, look at them, try them out');
  withPlaces(template.command('check [names...]'))
    .description('tell every mistake in templates, layouts, partials and words, by file and line')
    .action(check);
  withReader(withPlaces(template.command('preview <name>')))
    .description('show a mail: its headers, its text and its html, for somebody made up or a customer')
    .option('--out <file>', 'write it there: html, or the whole message where the name ends in .eml')
    .option('--open', 'show the html in the browser')
    .action(preview);
  withReader(withPlaces(template.command('send-test <name>')))
    .description(
      'send a mail to an address of yours, by SMTP_URL; its own links do nothing, and nothing is recorded',
    )
    .requiredOption('--to <address>', 'to whom', addressIn)
    .action(send);
}

function withPlaces(command: Command): Command {
  return command
    .option('--playbook <file>', 'for which shop, and what is service', 'playbooks/default.yaml')
    .option('--templates <dir>', 'where the templates are', 'templates');
}

function withReader(command: Command): Command {
  return command
    .addOption(new Option('--locale <language>', "default: the reader's, else the shop's").choices(LANGUAGES))
    .addOption(
      new Option('--sample <kind>', 'somebody made up').choices(SAMPLES).default('regular' satisfies Sample),
    )
    .option('--customer <id>', 'a real customer instead, of whom MONGODB_URI tells');
}

async function check(names: string[], { playbook, templates }: Where, command: Command): Promise<void> {
  const checked = await checkTemplates({ playbook, templates, names });
  const lines = checked.errors.map(
    ({ file, line, message }) => `${join(templates, file)}:${line}: ${message}`,
  );
  const count = lines.length === 1 ? '1 mistake' : `${lines.length} mistakes`;
  const fine = `Accepted: ${checked.templates.length} templates in ${LANGUAGES.join(' and ')}.`;
  answer(command, checked, [...lines, lines.length > 0 ? `Refused: ${count}.` : fine].join('\n'));
  if (!checked.accepted) process.exitCode = 1;
}

async function preview(name: string, options: PreviewOptions, command: Command): Promise<void> {
  const mail = await toldByLine(options.templates, () => composeSample(name, options));
  const { out, open } = options;
  if (out) await writeFile(out, out.endsWith('.eml') ? mail.raw : mail.html);
  if (open) await openInBrowser(name, mail.html);
  const { raw, envelope, ...shown } = mail;
  answer(command, { ...shown, ...(out && { out }) }, textOf(mail, out));
}

function textOf({ headers, text, html }: Composed, out: string | undefined): string {
  const size = `html: ${Math.ceil(Buffer.byteLength(html) / 1024)} KB${out ? `, in ${out}` : ''}`;
  return `${headers}\n\n${text}\n${size}`;
}

async function send(name: string, options: TestOptions, command: Command): Promise<void> {
  const mail = await toldByLine(options.templates, () => composeSample(name, options, options.to));
  const { subject } = mail;
  const outcome = await sendTest(mail);
  const { to } = options;
  const told = outcome.kind === 'accepted' ? `Sent to ${to}: ${subject}` : `Not sent: ${outcome.kind}`;
  const reply = 'reply' in outcome ? outcome.reply : '';
  answer(command, { to, subject, outcome: outcome.kind, reply }, reply ? `${told} (${reply})` : told);
  if (outcome.kind !== 'accepted') process.exitCode = 1;
}

/** What is wrong with a template, as `template check` tells it. */
async function toldByLine<Result>(dir: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TemplateRefused)) throw error;
    const lines = error.errors.map(
      ({ template, line, message }) => `${join(dir, template)}:${line}: ${message}`,
    );
    throw new Error(lines.join('\n'), { cause: error });
  }
}

function addressIn(text: string): string {
  const address = addressOf(text);
  if (!address) throw new InvalidArgumentError('It is not an address.');
  return address;
}
