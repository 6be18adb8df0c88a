import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { PHASES } from '../../domain/phases.ts';
import { lineFor, readPlaybook } from '../../domain/read-playbook.ts';

const docs = await readFile('docs/playbook.md', 'utf8');

const SHOP = `shop:
  name: Zuiderzon
  from: anna
  people: { anna: { name: Anna Vos }, joris: { name: Joris Vos } }
  replyTo: help@shop.example
  locale: nl
  timeZone: Europe/Amsterdam
  currency: EUR
  address: Kade 1, Groningen
`;

/** The blocks of YAML in a text, each under its title. */
function recipesIn(text: string): [title: string, yaml: string][] {
  return [...text.matchAll(/\n### (.+)\n[^#]*?```yaml\n([^`]+)```/g)].map(([, title = '', yaml = '']) => [
    title,
    yaml,
  ]);
}

/** The names of the touches in a piece of a playbook. */
function touchesIn(yaml: string): string[] {
  const { always = {}, phases = {} } = parse(yaml);
  return [always, ...PHASES.map((phase) => phases[phase]?.touches ?? {})].flatMap(Object.keys);
}

function errorsIn(piece: string): string[] {
  const phases = piece.includes('phases:') ? '' : 'phases: {}\n';
  const read = readPlaybook(`${SHOP}${phases}${piece}`, { templates: touchesIn(piece) });
  return read.kind === 'read' ? read.warnings.map(lineFor) : ['refused', ...read.errors.map(lineFor)];
}

const recipes = recipesIn(docs.slice(docs.indexOf('\n## Recipes')));

describe('docs/playbook.md', () => {
  it('has more than ten recipes', () => {
    expect(recipes.length).toBeGreaterThan(10);
  });

  it.each(recipes)('has a recipe that works: %s', (_, yaml) => {
    const isDone = (line: string) => !line.includes('is not done by this version');

    expect(errorsIn(yaml).filter(isDone)).toEqual([]);
  });

  it('reads a touch aloud that is one', () => {
    const [, line = ''] = /## Reading a touch\n\n```yaml\n(.+)\n```/.exec(docs) ?? [];

    expect(errorsIn(`always:\n  ${line}\n`)).toEqual([]);
  });

  it('has a row for every key of a touch', () => {
    const keys = [
      ...[
        'on',
        'after',
        'at',
        'when',
        'kind',
        'topic',
        'expires',
        'cancelOn',
        'oncePer',
        'again',
        'priority',
      ],
      ...['share', 'from', 'ask', 'surprise', 'suggest', 'referral', 'by', 'measure'],
    ];
    const rows = [...docs.matchAll(/^\| `(\w+)` /gm)].map(([, key]) => key);

    expect(rows).toEqual(expect.arrayContaining(keys));
  });
});
