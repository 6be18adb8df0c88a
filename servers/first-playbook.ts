import { readFile } from 'node:fs/promises';
import { playbooks } from '../data/playbooks.ts';
import { templates } from '../data/templates.ts';
import { lineFor, readPlaybook } from '../domain/read-playbook.ts';
import { templateNames } from '../mail/template-names.ts';
import { loadTemplates } from '../mail/templates.ts';
import { StepFailed } from './step.ts';

const FILE = 'playbooks/default.yaml';
const TEMPLATES = 'templates';

/**
 * Publishes the default playbook, with its compiled templates, where none is published yet.
 *
 * @param own another one to begin with, as text
 * @throws StepFailed with the place of each mistake
 */
export async function publishFirst(own?: string): Promise<void> {
  if (await playbooks.current()) return;
  const yaml = own ?? (await readFile(FILE, 'utf8'));
  const read = readPlaybook(yaml, { templates: await templateNames(TEMPLATES) });
  if (read.kind === 'refused')
    throw new StepFailed(read.errors.map((error) => `${FILE}, ${lineFor(error)}`).join('\n'));
  const { shop, touches } = read.playbook;
  await templates.save(await loadTemplates(TEMPLATES, { shop, touches }));
  await playbooks.publish(yaml, read.playbook);
}
