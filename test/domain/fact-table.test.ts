import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { FACTS, type Fact, factAt } from '../../domain/fact-table.ts';
import { type Facts, factsOf } from '../../domain/facts.ts';
import { aCustomer, aLadder, anEvent, aPlaybook, aPurchase, NOON, STAY } from '../support/builders.ts';

const rowOf = ({ path, type, means, unit = '', whenNull = '' }: Fact) =>
  `| \`${path}\` | ${type} | ${means} | ${unit} | ${whenNull} |`;

/** The values at the ends of all paths. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  const isEnd = typeof value !== 'object' || value === null || value instanceof Date || Array.isArray(value);
  if (isEnd) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

function typeOf(value: unknown): string {
  if (value instanceof Date) return 'moment';
  if (Array.isArray(value)) return 'list';
  return { string: 'text', number: 'number', boolean: 'flag' }[String(typeof value)] ?? 'unknown';
}

const stranger: Facts = factsOf(aCustomer([]), NOON, { phase: 'first-contact', since: NOON }, aPlaybook([]));
const events = [
  aPurchase(1),
  anEvent({
    type: 'profile',
    n: 2,
    customer: {
      locale: 'nl',
      timeZone: 'Europe/Amsterdam',
      birthday: '06-21',
      everyDays: 7,
      metThrough: { channel: 'fair', campaign: 'c', referrer: 'r' },
    },
  }),
  anEvent({ type: 'feedback', n: 3, data: { question: 'nps', score: 9 } }),
  anEvent({ type: 'feedback', n: 4, data: { question: 'product', score: 9 } }),
  anEvent({ type: 'feedback', n: 5, data: { question: 'csat', score: 10 } }),
  anEvent({ type: 'complaint', n: 6 }),
];
const membership = { joined: { at: NOON, terms: '2026-06' }, entries: [] };
const friend: Facts = factsOf(
  aCustomer(events, { membership }),
  NOON,
  STAY,
  aPlaybook([], { loyalty: aLadder({ silver: 1 }) }),
);

/** The cells of a table's rows, however wide the columns are. */
function cellsOf(text: string): string[][] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('FACTS', () => {
  it('is the table of docs/playbook.md', async () => {
    const docs = await readFile('docs/playbook.md', 'utf8');

    const [section = ''] = docs.slice(docs.indexOf('## Facts')).split('\n## ');
    const [, , ...rows] = cellsOf(section);

    expect(rows).toEqual(cellsOf(FACTS.map(rowOf).join('\n')));
  });

  it('names every fact there is, and no other', () => {
    const paths = leaves(friend).map(([path]) => path.replace('consents.news', 'consents.<topic>'));

    expect(paths.sort()).toEqual(FACTS.map(({ path }) => path).sort());
  });

  it.each(leaves(friend))('gives %s its type', (path, value) => {
    const fact = factAt(path);

    if (value === null) expect(fact?.whenNull).toBe('always, in this version');
    else expect(typeOf(value)).toBe(fact?.type);
  });

  it.each(leaves(stranger))('says what null means for %s, if it may be null', (path, value) => {
    expect(value === null).toBe(factAt(path)?.whenNull !== undefined);
  });
});
