import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { FORMATTERS } from '../../mail/formatters.ts';
import { childOf, isList, type Shape, VALUES } from '../../mail/shapes.ts';
import { templateNames } from '../../mail/template-names.ts';

let page = '';
beforeAll(async () => {
  page = await readFile('docs/mails.md', 'utf8');
});

/** The first cells of the table below a heading, or below a mark such as `mails`. */
function rowsBelow(mark: string): readonly string[] {
  const lines = page.slice(page.indexOf(mark)).split('\n');
  const table = lines.slice(lines.findIndex((line) => line.startsWith('|')) + 2);
  return table.slice(
    0,
    table.findIndex((line) => !line.startsWith('|')),
  );
}

/** Every place that a template may name, `customer.firstName`; what items and lists hold is told apart. */
function placesIn(shape: Shape, path: string): readonly string[] {
  if (shape === 'value' || isList(shape)) return [path];
  return Object.keys(shape).flatMap((key) => {
    const inner = childOf(shape, key);
    return inner ? placesIn(inner, path ? `${path}.${key}` : key) : [];
  });
}

describe('docs/mails.md', () => {
  it('tells of every mail, with its layout', async () => {
    const told = rowsBelow('<!-- mails').map((row) => /`([\w-]+)` *\| (\w+)/.exec(row)?.slice(1));

    const names = await templateNames('templates');
    const layouts = names.map(async (name) => {
      const mjml = await readFile(`templates/${name}.mjml`, 'utf8');
      return [name, /\{\{#> (\w+)\}\}/.exec(mjml)?.[1]];
    });
    expect(told.sort()).toEqual(await Promise.all(layouts));
  });

  it('tells of every value', () => {
    const told = rowsBelow('<!-- values').flatMap((row) => row.split('|')[1]?.match(/[\w.]+/g) ?? []);

    expect(told.sort()).toEqual([...placesIn(VALUES, '')].sort());
  });

  it('tells of every formatter', () => {
    const told = rowsBelow('| formatter').map((row) => /\{\{(\w+)/.exec(row)?.[1] ?? '');

    expect(told.sort()).toEqual(Object.keys(FORMATTERS).sort());
  });

  it('shows them in both languages, in pictures of less than a megabyte each', async () => {
    const shown = [...page.matchAll(/\((images\/mails-\w+\.jpg)\)/g)].map(([, file]) => file);

    expect(shown).toEqual(['images/mails-nl.jpg', 'images/mails-en.jpg']);
    expect(await readdir('docs/images')).toEqual(expect.arrayContaining(['mails-nl.jpg', 'mails-en.jpg']));
    for (const file of shown) expect((await readFile(`docs/${file}`)).length).toBeLessThan(1_000_000);
  });
});
