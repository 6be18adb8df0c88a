import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { exportOf } from '../api/export.ts';
import { customers } from '../data/customers.ts';
import { everythingOf } from '../data/everything.ts';
import { playbooks } from '../data/playbooks.ts';
import { templates } from '../data/templates.ts';
import type { Language } from '../domain/languages.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import { createPreview } from '../mail/preview.ts';

type Exporting = {
  /** The folder that the file is written to. */
  readonly folder: string;
  /** Of what is in words. */
  readonly language: Language;
};

/**
 * Writes all that is kept of a customer to a file that only its owner reads; a file stands there whole, or not at all.
 *
 * @returns the file's path; undefined when the customer was erased meanwhile
 */
export async function exportCustomer(id: string, exporting: Exporting): Promise<string | undefined> {
  const [customer, playbook] = await Promise.all([customers.find(id), playbooks.current()]);
  if (!playbook)
    throw new Error('no playbook is published yet: rapport playbook publish playbooks/default.yaml');
  if (!customer || customer.erased) return undefined;
  const { folder, language } = exporting;
  const speaking = { customer, playbook, language, now: Date.now() };
  const deps = { everythingOf, preview: createPreview(templates.find<CompiledTemplate>) };
  const file = join(folder, `customer-${customer.id}.json`);
  const part = `${file}.part`;
  await writeFile(part, Readable.from(exportOf(speaking, deps)), { mode: 0o600 });
  await rename(part, file);
  return file;
}
