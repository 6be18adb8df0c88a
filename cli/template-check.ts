import type { Playbook, Touch } from '../domain/playbook.ts';
import { didYouMean } from '../domain/suggest.ts';
import { templateNames } from '../mail/template-names.ts';
import { type TemplateError, TemplateRefused } from '../mail/template-refused.ts';
import { loadTemplates } from '../mail/templates.ts';
import { playbookIn } from './playbook-file.ts';

/** Templates that no playbook names, and that are not marketing. */
const SERVICE = ['confirm-address'];

/** What was checked, and what is wrong: the last line of `--json`. */
export type CheckedTemplates = {
  readonly accepted: boolean;
  readonly templates: readonly string[];
  readonly errors: readonly { readonly file: string; readonly line: number; readonly message: string }[];
};

/**
 * Checks templates as publishing does, those too that no touch of the playbook names.
 *
 * @param names of templates; none: all
 * @throws when there is no template of such a name, or the playbook cannot be read
 */
export async function checkTemplates(of: {
  readonly playbook: string;
  readonly templates: string;
  readonly names: readonly string[];
}): Promise<CheckedTemplates> {
  const playbook = await playbookIn(of.playbook, of.templates);
  const all = await templateNames(of.templates);
  const names = of.names.length > 0 ? of.names : all;
  for (const name of names) if (!all.includes(name)) throw unknownTemplate(name, all);
  const touches = names.map((name) => touchFor(playbook, name));
  const errors = await errorsIn(of.templates, { shop: playbook.shop, touches });
  const told = errors.map(({ template: file, line, message }) => ({ file, line, message }));
  return { accepted: told.length === 0, templates: names, errors: told };
}

export function unknownTemplate(name: string, all: readonly string[]): Error {
  const hint = didYouMean(name, all);
  return new Error(`there is no template "${name}"${hint ? `; ${hint}` : ''}`);
}

/** The touch that a template is for; one that the playbook does not name is marketing. */
export function touchFor(
  { touches }: Playbook,
  name: string,
): Pick<Touch, 'name' | 'kind' | 'from' | 'topic'> {
  const touch = touches.find((one) => one.name === name);
  if (touch) return { ...touch, name };
  const kind = SERVICE.includes(name) ? 'service' : 'marketing';
  return { name, kind, topic: kind === 'service' ? 'service' : 'news' };
}

async function errorsIn(
  dir: string,
  of: Parameters<typeof loadTemplates>[1],
): Promise<readonly TemplateError[]> {
  try {
    await loadTemplates(dir, of);
    return [];
  } catch (error) {
    if (error instanceof TemplateRefused) return error.errors;
    throw error;
  }
}
