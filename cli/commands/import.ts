import { type Command, InvalidArgumentError } from 'commander';
import { createCurrentPlaybook } from '../../data/current-playbook.ts';
import { migrate } from '../../data/migrate.ts';
import { createReceiveHistory } from '../../data/receive-history.ts';
import { suppressions } from '../../data/suppressions.ts';
import { keyedHash } from '../../domain/hash.ts';
import { normaliseEmail } from '../../domain/identity.ts';
import { recognise } from '../../domain/import-headers.ts';
import { IMPORT_ORDER } from '../../domain/import-lines.ts';
import type { ImportContext } from '../../domain/import-row.ts';
import { Source } from '../../domain/incoming.ts';
import { Topic } from '../../domain/incoming-customer.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { step } from '../../servers/step.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';
import { examine } from '../csv-file.ts';
import type { KnownFile } from '../import-groups.ts';
import { type ImportDeps, type Imported, importFile } from '../importing.ts';
import { readHashKey } from '../settings.ts';

type Options = {
  readonly dryRun?: true;
  readonly topics?: readonly string[];
  readonly source?: string;
};

/** What came of all files: the last line of `--json`. */
type Result = { readonly dryRun: boolean; readonly seconds: number; readonly files: readonly Imported[] };

/** Done with rejected rows. */
const WITH_REJECTED = 3;

/** `rapport import`: a shop moves in with its customers, its orders and its opt-outs. */
export function importCommand(program: Command): void {
  program
    .command('import <files...>')
    .description(
      'take in customers, orders and suppressions from CSV files; safe to repeat. docs/import.md tells how',
    )
    .option('--dry-run', 'check the files and count; nothing is kept')
    .option(
      '--topics <list>',
      'topics that a consent recorded by another system covers: news,tips; without it none is taken over',
      topicsOf,
    )
    .option(
      '--source <name>',
      'the system that ids without a source are of (default: by the file, or shop)',
      sourceOf,
    )
    .action(async (paths: readonly string[], options: Options, command: Command) => {
      const started = performance.now();
      const files = await filesAt(paths);
      const imported = await connectedAndMigrated(() => importAll(files, options));
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      const result = { dryRun: options.dryRun ?? false, seconds, files: imported };
      if (imported.some(({ rejected }) => rejected > 0)) process.exitCode = WITH_REJECTED;
      answer(command, result, textOf(result));
    });
}

/** All files, in the order in which they are taken in. @throws when one of them cannot be: then none is */
async function filesAt(paths: readonly string[]): Promise<readonly KnownFile[]> {
  const files: KnownFile[] = [];
  for (const path of paths) {
    const file = await examine(path);
    const recognised = recognise(file.headers);
    if (recognised.kind === 'unknown') throw new Error(`${path} ${recognised.message}`);
    files.push({ ...file, ...recognised });
  }
  const turnOf = ({ format }: KnownFile) => IMPORT_ORDER.indexOf(format.kind);
  return files.toSorted((a, b) => turnOf(a) - turnOf(b));
}

async function importAll(files: readonly KnownFile[], options: Options): Promise<readonly Imported[]> {
  const hashKey = readHashKey(process.env);
  const playbook = createCurrentPlaybook();
  const current = await playbook();
  const deps = options.dryRun ? CHECKING : keeping(hashKey, playbook);
  const imported: Imported[] = [];
  for (const file of files) {
    const context = contextOf(file, options, current, hashKey);
    const label = `${options.dryRun ? 'Checking' : 'Importing'} ${file.path}`;
    imported.push(
      await step(label, (tell) =>
        importFile(file, context, deps, (share, rows) => tell(`${label}  ${barOf(share)} ${rows} rows`)),
      ),
    );
  }
  return imported;
}

/** Nothing is kept. */
const CHECKING: ImportDeps = {
  receiveHistory: async ({ length }) => ({ kept: length, duplicates: 0 }),
  suppress: async ({ length }) => length,
};

function keeping(hashKey: string, playbook: () => Promise<Playbook>): ImportDeps {
  const clock = { now: Date.now, serverTime: Date.now };
  return {
    receiveHistory: createReceiveHistory({ hashKey, clock, playbook }),
    suppress: (told) =>
      suppressions.addAll(
        told.map(({ email, reason, at }) => {
          return { emailKey: keyedHash(hashKey, normaliseEmail(email)), reason, at };
        }),
      ),
  };
}

function contextOf(
  { format, writtenAt }: KnownFile,
  { topics = [], source }: Options,
  { shop, touches }: Playbook,
  hashKey: string,
): ImportContext {
  const now = Date.now();
  const marketing = touches.filter(({ kind }) => kind === 'marketing').map(({ topic }) => topic);
  return {
    source: source ?? format.source ?? 'shop',
    timeZone: format.timeZone ?? shop.timeZone,
    currency: shop.currency,
    money: format.money ?? 'minor',
    writtenAt: Math.min(writtenAt, now),
    now,
    hashKey,
    trustsFile: !format.isOwn,
    topics,
    refusable: [...new Set([...marketing, ...shop.softOptIn, ...topics])],
  };
}

/** That nothing is kept twice rests on the indexes. */
function connectedAndMigrated<Made>(work: () => Promise<Made>): Promise<Made> {
  return connected(async () => {
    await migrate();
    return work();
  });
}

const BAR = 20;

function barOf(share: number): string {
  const full = Math.floor(Math.min(1, share) * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(Math.min(1, share) * 100)} %`;
}

function textOf({ dryRun, files, seconds }: Result): string {
  const lines = files.flatMap((file) => linesOf(file, dryRun));
  return [...lines, `${dryRun ? 'Checked; nothing was kept' : 'Done'}: ${seconds} seconds.`].join('\n');
}

function linesOf(imported: Imported, dryRun: boolean): readonly string[] {
  const { file, format, rows, news, known, passedOver, withoutTopics, rejected, report } = imported;
  const kept = dryRun ? `${news} facts in them` : `${news} new facts, ${known} known before`;
  return [
    `${file} (${format}): ${rows} rows, ${kept}, ${rejected} rejected`,
    ...(passedOver > 0 ? [`  ${passedOver} rows are of orders that were never placed: left out`] : []),
    ...(withoutTopics > 0
      ? [`  ${withoutTopics} people are subscribed there; name --topics to take that over`]
      : []),
    ...(report ? [`  which, why, and how to mend them: ${report}`] : []),
  ];
}

function topicsOf(text: string): readonly string[] {
  return text.split(',').map((name) => {
    const read = Topic.safeParse(name.trim());
    if (!read.success) throw new InvalidArgumentError(`"${name}" is not a topic: lower case, digits and -.`);
    return read.data;
  });
}

function sourceOf(text: string): string {
  const read = Source.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`It ${read.error.issues[0]?.message}.`);
  return read.data;
}
