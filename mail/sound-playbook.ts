import type { Playbook } from '../domain/playbook.ts';
import { type PlaybookProblem, readPlaybook } from '../domain/read-playbook.ts';
import type { CompiledTemplate } from './compile.ts';
import { templateNames } from './template-names.ts';
import { TemplateRefused } from './template-refused.ts';
import { loadTemplates } from './templates.ts';

/** What is wrong with a playbook, or with a template of its. */
export type Mistake = PlaybookProblem & { readonly template?: string };

/** A playbook that may be published, with its compiled templates. */
export type SoundPlaybook = {
  readonly yaml: string;
  readonly playbook: Playbook;
  readonly compiled: readonly CompiledTemplate[];
};

export type Soundness =
  | { readonly kind: 'sound'; readonly sound: SoundPlaybook; readonly warnings: readonly PlaybookProblem[] }
  | {
      readonly kind: 'refused';
      readonly errors: readonly Mistake[];
      readonly warnings: readonly PlaybookProblem[];
    };

/**
 * Checks a playbook and its templates as at publishing: a missing translation or an unknown variable shows here.
 *
 * @param dir where its templates are
 */
export async function soundnessOf(yaml: string, dir: string): Promise<Soundness> {
  const read = readPlaybook(yaml, { templates: await templateNames(dir) });
  if (read.kind === 'refused') return { ...read, warnings: [] };

  const { playbook, warnings } = read;
  const { shop, touches } = playbook;
  try {
    const compiled = await loadTemplates(dir, { shop, touches });
    return { kind: 'sound', sound: { yaml, playbook, compiled }, warnings };
  } catch (error) {
    if (!(error instanceof TemplateRefused)) throw error;
    const errors = error.errors.map(({ template, line, message }) => ({ template, line, path: '', message }));
    return { kind: 'refused', errors, warnings };
  }
}
