import { examine } from '../../cli/csv-file.ts';
import { groupsOf, type KnownFile } from '../../cli/import-groups.ts';
import type { ConsentGiven } from '../../domain/event.ts';
import { recognise } from '../../domain/import-headers.ts';
import { readLines } from '../../domain/import-lines.ts';
import type { ImportContext, RowsRead } from '../../domain/import-row.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);

/** A shop in Amsterdam that takes consents over for `news`. */
export function aContext(context: Partial<ImportContext> = {}): ImportContext {
  return {
    ...{ source: 'shop', timeZone: 'Europe/Amsterdam', currency: 'EUR', money: 'minor', hashKey: 'key' },
    ...{ writtenAt: NOW, now: NOW, trustsFile: false, topics: ['news'], refusable: ['news', 'tips'] },
    ...context,
  };
}

/** A file as the command opens it. */
export async function opened(path: string): Promise<KnownFile> {
  const file = await examine(path);
  const recognised = recognise(file.headers);
  if (recognised.kind === 'unknown') throw new Error(recognised.message);
  return { ...file, ...recognised };
}

/** What a file of the fixtures tells, group by group. */
export async function readFixture(name: string, context: Partial<ImportContext> = {}) {
  const isOwn = ['customers', 'orders', 'suppressions'].includes(name);
  const file = await opened(`${isOwn ? 'docs/import' : 'test/fixtures/import'}/${name}.csv`);
  const { format } = file;
  const whole = aContext({
    source: format.source ?? 'shop',
    timeZone: format.timeZone ?? 'Europe/Amsterdam',
    money: format.money ?? 'minor',
    trustsFile: !format.isOwn,
    ...context,
  });
  const read: RowsRead[] = [];
  for await (const { lines } of groupsOf(file, () => {})) read.push(readLines(format.kind, lines, whole));
  return { format: format.name, read };
}

/** What was read, shortly: `profile 2026-11-22T12:00 an@example.com news+`. */
export function inShort(read: readonly RowsRead[]): readonly string[] {
  return read.flatMap(groupInShort);
}

function groupInShort(group: RowsRead): readonly string[] {
  switch (group.kind) {
    case 'passed-over':
      return ['passed over'];
    case 'rejected':
      return group.problems.map(({ line, column, message }) => `line ${line} ${column} ${message}`);
    case 'read':
      return [...group.suppressions.map(suppressionInShort), ...group.events.map(eventInShort)];
  }
}

type Read = Extract<RowsRead, { kind: 'read' }>;

function suppressionInShort({ email, reason, at }: Read['suppressions'][number]): string {
  return `suppress ${minute(at)} ${email} ${reason}`;
}

function eventInShort({
  type,
  at,
  source,
  customer,
  consent = [],
  data = {},
}: Read['events'][number]): string {
  const { id, email, name = {}, birthday } = customer;
  const items = (data.items ?? []).map(({ sku, quantity, price }) => `${quantity}×${sku}@${price}`);
  const consents = consent.map(consentInShort);
  const money = data.total === undefined ? [] : [`${data.total} ${data.currency}`];
  const said = [data.orderId, ...money, ...items, ...consents, name.first, name.last, birthday];
  const who = `${id === undefined ? '' : `${source}:${id}`}${email === undefined ? '' : ` ${email}`}`.trim();
  return [type, minute(at), who, ...said].filter((part) => part !== undefined).join(' ');
}

/** `news+`, `news-`; `news+?` at no known time. */
function consentInShort(entry: ConsentGiven): string {
  return `${entry.topic}${'withdrawn' in entry ? '-' : '+'}${entry.undated ? '?' : ''}`;
}

function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
