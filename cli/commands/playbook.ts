import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Playbook } from '../../domain/playbook.ts';
import { lineFor, type PlaybookProblem, readPlaybook } from '../../domain/read-playbook.ts';
import { TemplateRefused } from '../../mail/template-refused.ts';
import { loadTemplates, templateNames } from '../../mail/templates.ts';
import { answer } from '../answer.ts';

/** What a check found: the last line of `--json`. */
type Checked = {
  readonly file: string;
  readonly accepted: boolean;
  readonly touches: number;
  readonly errors: readonly (PlaybookProblem & { readonly template?: string })[];
  readonly warnings: readonly PlaybookProblem[];
};

/** `rapport playbook check FILE`: what would be refused at publishing, and what is hardly meant. */
export function playbookCommand(program: Command): void {
  program
    .command('playbook')
    .description('what is sent, when, to whom and why')
    .command('check <file>')
    .description('check a playbook and its templates; nothing is published')
    .option('--templates <dir>', 'where its templates are', 'templates')
    .action(async (file: string, { templates }: { templates: string }, command: Command) => {
      const checked = await check(file, templates);
      answer(command, checked, textOf(checked));
      if (!checked.accepted) process.exitCode = 1;
    });
}

async function check(file: string, templates: string): Promise<Checked> {
  const read = readPlaybook(await textIn(file), { templates: await templateNames(templates) });
  if (read.kind === 'refused')
    return { file, accepted: false, touches: 0, errors: read.errors, warnings: [] };

  const { playbook, warnings } = read;
  const errors = await templateErrors(templates, playbook);
  return { file, accepted: errors.length === 0, touches: playbook.touches.length, errors, warnings };
}

/** The templates are compiled as at publishing: a missing translation or an unknown variable shows here. */
async function templateErrors(dir: string, { shop, touches }: Playbook): Promise<Checked['errors']> {
  try {
    await loadTemplates(dir, { shop, touches });
    return [];
  } catch (error) {
    if (!(error instanceof TemplateRefused)) throw error;
    return error.errors.map(({ template, line, message }) => ({ template, line, path: '', message }));
  }
}

async function textIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the playbook ${file}`, { cause: error });
  }
}

function textOf({ file, touches, errors, warnings }: Checked): string {
  const mistakes = errors.map((error) => `${error.template ?? file}, ${lineFor(error)}`);
  const doubts = warnings.map((warning) => `${file}, ${lineFor(warning)} [warning]`);
  const sum =
    errors.length > 0
      ? `Refused: ${errors.length} ${errors.length === 1 ? 'mistake' : 'mistakes'}.`
      : `Accepted: ${touches} touches, ${warnings.length} warnings.`;
  return [...mistakes, ...doubts, sum].join('\n');
}
