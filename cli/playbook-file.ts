import { readFile } from 'node:fs/promises';
import type { Playbook } from '../domain/playbook.ts';
import { lineFor, readPlaybook } from '../domain/read-playbook.ts';
import { templateNames } from '../mail/template-names.ts';

/**
 * Reads a playbook that has to be sound.
 *
 * @throws when it cannot be read, or is refused: with a line for each mistake
 */
export async function playbookIn(file: string, templates: string): Promise<Playbook> {
  const read = readPlaybook(await playbookText(file), { templates: await templateNames(templates) });
  if (read.kind === 'read') return { ...read.playbook, version: 1 };
  throw new Error(read.errors.map((error) => `${file}, ${lineFor(error)}`).join('\n'));
}

/** The text of a playbook's file. */
export async function playbookText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the playbook ${file}`, { cause: error });
  }
}
