import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Report } from '../../mail/bounce-reports.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/bounces');

/** One sample: its name, `system/case`, and what the table expects of it. */
export type Sample = { readonly name: string; readonly expected: string };

/** The rows of the table in the folder's README. */
export function samples(): readonly Sample[] {
  const rows = readFileSync(join(FOLDER, 'README.md'), 'utf8').matchAll(/^\| (\S+\/\S+) \| ([^|]+) \|/gm);
  return [...rows].map(([, name = '', expected = '']) => ({ name, expected: expected.trim() }));
}

/** The samples that lie in the folder. */
export function sampleFiles(): readonly string[] {
  return globSync('*/*.eml', { cwd: FOLDER }).map((file) => `${dirname(file)}/${basename(file, '.eml')}`);
}

export function sample(name: string): Buffer {
  return readFileSync(join(FOLDER, `${name}.eml`));
}

/** Reports as the table writes them. */
export function told(reports: readonly Report[]): string {
  const one = ({ kind, class: found, status, recipient }: Report) => {
    return [found ?? kind, status, recipient].filter(Boolean).join(' ');
  };
  return reports.map(one).join('; ') || 'none';
}
