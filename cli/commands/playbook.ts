import type { Command } from 'commander';
import { playbooks } from '../../data/playbooks.ts';
import type { PublishingCounts } from '../../domain/publishing-counts.ts';
import { lineFor } from '../../domain/read-playbook.ts';
import { type Mistake, type SoundPlaybook, soundnessOf } from '../../mail/sound-playbook.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';
import { playbookText } from '../playbook-file.ts';
import { confirm, previewText, propose, publish, toldOf, versionText } from '../publishing.ts';

/** How many versions are listed, the newest. */
const MOST_VERSIONS = 20;

/** What a check found, and what became of it: the last line of `--json`. */
type Checked = {
  readonly file: string;
  readonly accepted: boolean;
  readonly touches: number;
  readonly errors: readonly Mistake[];
  readonly warnings: readonly Mistake[];
  readonly preview?: PublishingCounts;
  /** The version the preview compares it with; 0: none. */
  readonly against?: number;
  /** The version it is published as. */
  readonly version?: number;
};

type Options = { readonly templates: string };
type PublishOptions = Options & { readonly addEntering: readonly string[]; readonly yes?: true };

/** What was found in a text, wherever it is from. */
type Found = { readonly checked: Checked; readonly sound?: SoundPlaybook };

/** `rapport playbook`: what would be refused at publishing, and what is hardly meant; and publishing itself. */
export function playbookCommand(program: Command): void {
  const playbook = program.command('playbook').description('what is sent, when, to whom and why');
  withTemplates(playbook.command('check <file>'))
    .description('check a playbook and its templates; nothing is published')
    .action(async (file: string, { templates }: Options, command: Command) => {
      finish(command, (await check(file, await playbookText(file), templates)).checked);
    });
  withEntering(playbook.command('preview <file>'))
    .description('count per touch what publishing would do to the people inside; nothing is published')
    .action(async (file: string, options: PublishOptions, command: Command) => {
      await look(await check(file, await playbookText(file), options.templates), options, command);
    });
  withEntering(playbook.command('publish <file>'))
    .description('preview a playbook, and make it the next version; journeys are planned again by it')
    .option('--yes', 'publish without asking')
    .action(async (file: string, options: PublishOptions, command: Command) => {
      await goAhead(await check(file, await playbookText(file), options.templates), options, command);
    });
  withEntering(playbook.command('roll-back <version>'))
    .description('preview an older version, and publish it again as the next one')
    .option('--yes', 'publish without asking')
    .action(rollBack);
  playbook.command('versions').description('what was published, and how far it is').action(versions);
}

function withTemplates(command: Command): Command {
  return command.option('--templates <dir>', 'where its templates are', 'templates');
}

function withEntering(command: Command): Command {
  const meaning = 'new touches of entering that those who entered already get too, separated by commas';
  return withTemplates(command).option('--add-entering <touches>', meaning, namesIn, []);
}

function namesIn(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function finish(command: Command, checked: Checked): void {
  answer(command, checked, textOf(checked));
  if (!checked.accepted) process.exitCode = 1;
}

/** Previews what was found, and ends. */
async function look({ checked, sound }: Found, options: PublishOptions, command: Command): Promise<void> {
  if (!sound) return finish(command, checked);
  await connected(async () => {
    const proposal = await propose(sound, options.addEntering, isQuiet(command));
    finish(command, { ...checked, preview: proposal.preview, against: proposal.against });
  });
}

/** Previews what was found, asks, and publishes; where nobody is inside there is nothing to ask. */
async function goAhead(
  { checked, sound }: Found,
  options: PublishOptions,
  command: Command,
  restores?: number,
): Promise<void> {
  if (!sound) return finish(command, checked);
  await connected(async () => {
    const proposal = await propose(sound, options.addEntering, isQuiet(command));
    const { against, preview } = proposal;
    if (preview.journeys > 0 && !options.yes) {
      process.stderr.write(`${previewText(proposal)}\n`);
      if (!(await confirm('Publish?'))) throw new Error('Nothing is published.');
    }
    finish(command, { ...checked, preview, against, version: await publish(proposal, restores) });
  });
}

async function rollBack(text: string, options: PublishOptions, command: Command): Promise<void> {
  const source = await connected(() => playbooks.source(Number(text)));
  if (source === undefined) throw new Error(`there is no version ${text}: rapport playbook versions`);
  const found = await check(`version ${text}`, source, options.templates);
  await goAhead(found, options, command, Number(text));
}

async function versions(_options: unknown, command: Command): Promise<void> {
  const list = await connected(async () => {
    const kept = await playbooks.list(MOST_VERSIONS);
    return Promise.all(kept.map(toldOf));
  });
  answer(command, { versions: list }, list.map(versionText).join('\n') || 'Nothing is published yet.');
}

function isQuiet(command: Command): boolean {
  return Boolean(command.optsWithGlobals().json);
}

async function check(file: string, yaml: string, dir: string): Promise<Found> {
  const found = await soundnessOf(yaml, dir);
  const { warnings } = found;
  if (found.kind === 'refused')
    return { checked: { file, accepted: false, touches: 0, errors: found.errors, warnings } };
  const touches = found.sound.playbook.touches.length;
  return { checked: { file, accepted: true, touches, errors: [], warnings }, sound: found.sound };
}

function textOf({ file, touches, errors, warnings, version, preview, against = 0 }: Checked): string {
  const mistakes = errors.map((error) => `${error.template ?? file}, ${lineFor(error)}`);
  const doubts = warnings.map((warning) => `${file}, ${lineFor(warning)} [warning]`);
  const sum =
    errors.length > 0
      ? `Refused: ${errors.length} ${errors.length === 1 ? 'mistake' : 'mistakes'}.`
      : `Accepted: ${touches} touches, ${warnings.length} warnings.`;
  const inside = preview ? [previewText({ against, preview })] : [];
  const published = version === undefined ? [] : [`Published: it is version ${version}.`];
  return [...mistakes, ...doubts, sum, ...inside, ...published].join('\n');
}
