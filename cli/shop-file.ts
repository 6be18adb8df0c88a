import { recognise } from '../domain/import-headers.ts';
import { readLines } from '../domain/import-lines.ts';
import type { ImportContext, ImportKind, RowProblem } from '../domain/import-row.ts';
import type { Incoming } from '../domain/incoming.ts';
import type { Playbook } from '../domain/playbook.ts';
import { BadFile } from './bad-file.ts';
import { examine } from './csv-file.ts';
import { groupsOf, type KnownFile } from './import-groups.ts';

/** What a file tells, and as what it was recognised. */
export type ShopFile = { readonly form: string; readonly events: readonly Incoming[] };

/**
 * Reads all of a file that `rapport import` would take.
 *
 * @throws BadFile at the first line that an import would reject
 */
export async function readShopFile(path: string, kind: ImportKind, playbook: Playbook): Promise<ShopFile> {
  const file = await fileOf(path, kind);
  const context = contextOf(file, playbook);
  const events: Incoming[] = [];
  for await (const { lines, problems } of groupsOf(file, () => {})) {
    if (problems[0]) throw badFile(path, problems[0]);
    const read = readLines(kind, lines, context);
    if (read.kind === 'rejected' && read.problems[0]) throw badFile(path, read.problems[0]);
    if (read.kind === 'read') events.push(...read.events);
  }
  if (events.length === 0) throw new BadFile(path, 1, `holds no ${kind}; put them below the first line`);
  return { form: file.format.name, events };
}

async function fileOf(path: string, kind: ImportKind): Promise<KnownFile> {
  const file = await examine(path);
  const recognised = recognise(file.headers);
  if (recognised.kind === 'unknown') throw new Error(`${path} ${recognised.message}`);
  const { format } = recognised;
  if (format.kind !== kind) throw new Error(`${path} holds ${format.kind} (${format.name}); give ${kind}`);
  return { ...file, ...recognised };
}

/** As an import would read it; whoever is subscribed in another system's export is taken for consenting to all. */
function contextOf({ format, writtenAt }: KnownFile, { shop, touches }: Playbook): ImportContext {
  const now = Date.now();
  const topics = touches.filter(({ kind }) => kind === 'marketing').map(({ topic }) => topic);
  const known = [...new Set([...topics, ...shop.softOptIn])];
  return {
    source: format.source ?? 'shop',
    timeZone: format.timeZone ?? shop.timeZone,
    currency: shop.currency,
    money: format.money ?? 'minor',
    writtenAt: Math.min(writtenAt, now),
    now,
    hashKey: 'simulation', // nothing of it is kept
    trustsFile: !format.isOwn,
    topics: known,
    refusable: known,
  };
}

function badFile(path: string, { line, column, message, hint }: RowProblem): BadFile {
  return new BadFile(path, line, `${column ? `${column}: ` : ''}${message}${hint ? ` (${hint})` : ''}`);
}
