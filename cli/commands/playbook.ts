import type { Command } from 'commander';
import { readMongodbUri } from '../../config.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { playbooks } from '../../data/playbooks.ts';
import { templates } from '../../data/templates.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { lineFor, type PlaybookProblem, readPlaybook } from '../../domain/read-playbook.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { TemplateRefused } from '../../mail/template-refused.ts';
import { loadTemplates, templateNames } from '../../mail/templates.ts';
import { answer } from '../answer.ts';
import { playbookText } from '../playbook-file.ts';

/** What a check found: the last line of `--json`. */
type Checked = {
  readonly file: string;
  readonly accepted: boolean;
  readonly touches: number;
  readonly errors: readonly (PlaybookProblem & { readonly template?: string })[];
  readonly warnings: readonly PlaybookProblem[];
  /** The version it is published as. */
  readonly version?: number;
};

/** What stands in a file that may be published. */
type Sound = {
  readonly yaml: string;
  readonly playbook: Playbook;
  readonly compiled: readonly CompiledTemplate[];
};

type Options = { readonly templates: string };

/** `rapport playbook`: what would be refused at publishing, and what is hardly meant; and publishing itself. */
export function playbookCommand(program: Command): void {
  const playbook = program.command('playbook').description('what is sent, when, to whom and why');
  playbook
    .command('check <file>')
    .description('check a playbook and its templates; nothing is published')
    .option('--templates <dir>', 'where its templates are', 'templates')
    .action(async (file: string, options: Options, command: Command) => {
      const { checked } = await check(file, options.templates);
      finish(command, checked);
    });
  playbook
    .command('publish <file>')
    .description(
      'check a playbook, and make it the next version; journeys plan by it from their next decision on',
    )
    .option('--templates <dir>', 'where its templates are', 'templates')
    .action(async (file: string, options: Options, command: Command) => {
      const { checked, sound } = await check(file, options.templates);
      if (sound) finish(command, { ...checked, version: await publish(sound) });
      else finish(command, checked);
    });
}

function finish(command: Command, checked: Checked): void {
  answer(command, checked, textOf(checked));
  if (!checked.accepted) process.exitCode = 1;
}

/** Publishes what was checked; the text that is the current version already stays that version. */
async function publish({ yaml, playbook, compiled }: Sound): Promise<number> {
  await connect(readMongodbUri(process.env));
  try {
    await templates.save(compiled);
    return await playbooks.publish(yaml, playbook);
  } finally {
    await disconnect();
  }
}

async function check(file: string, dir: string): Promise<{ checked: Checked; sound?: Sound }> {
  const yaml = await playbookText(file);
  const read = readPlaybook(yaml, { templates: await templateNames(dir) });
  if (read.kind === 'refused') return { checked: refused(file, read.errors) };

  const { playbook, warnings } = read;
  const compiled = await compile(dir, playbook);
  if ('errors' in compiled) return { checked: { ...refused(file, compiled.errors), warnings } };
  const checked = { file, accepted: true, touches: playbook.touches.length, errors: [], warnings };
  return { checked, sound: { yaml, playbook, ...compiled } };
}

function refused(file: string, errors: Checked['errors']): Checked {
  return { file, accepted: false, touches: 0, errors, warnings: [] };
}

/** Compiles the templates as at publishing: a missing translation or an unknown variable shows here. */
async function compile(
  dir: string,
  { shop, touches }: Playbook,
): Promise<Pick<Sound, 'compiled'> | Pick<Checked, 'errors'>> {
  try {
    return { compiled: await loadTemplates(dir, { shop, touches }) };
  } catch (error) {
    if (!(error instanceof TemplateRefused)) throw error;
    return {
      errors: error.errors.map(({ template, line, message }) => ({ template, line, path: '', message })),
    };
  }
}

function textOf({ file, touches, errors, warnings, version }: Checked): string {
  const mistakes = errors.map((error) => `${error.template ?? file}, ${lineFor(error)}`);
  const doubts = warnings.map((warning) => `${file}, ${lineFor(warning)} [warning]`);
  const sum =
    errors.length > 0
      ? `Refused: ${errors.length} ${errors.length === 1 ? 'mistake' : 'mistakes'}.`
      : `Accepted: ${touches} touches, ${warnings.length} warnings.`;
  const published = version === undefined ? [] : [`Published: it is version ${version}.`];
  return [...mistakes, ...doubts, sum, ...published].join('\n');
}
