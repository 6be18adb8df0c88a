import { readdir, readFile } from 'node:fs/promises';
import type { Playbook } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';

/** The playbook that `npm start` publishes, as its first version. */
export async function defaultPlaybook(): Promise<Playbook> {
  const text = await readFile('playbooks/default.yaml', 'utf8');
  const files = await readdir('templates');
  const templates = files.filter((file) => file.endsWith('.mjml')).map((file) => file.replace('.mjml', ''));
  const read = readPlaybook(text, { templates });
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.errors));
  return { ...read.playbook, version: 1 };
}
