import type { Playbook } from '../domain/playbook.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import { type LoadOptions, loadTemplates, templateFor } from '../mail/templates.ts';

/** Whose templates: a version of the playbook, and what is to be sent by it. */
type Stocked = Pick<Playbook, 'version'> & LoadOptions;

/** The playbook in force, and the one before it, by which a mail may still be under way. */
const VERSIONS_KEPT = 2;

/** The compiled templates of the playbook in force; each version's are compiled once, the newest are kept. */
export function createTemplateShelf(
  dir: string,
  keep: (compiled: readonly CompiledTemplate[]) => Promise<void>,
) {
  const shelves = new Map<number, Promise<readonly CompiledTemplate[]>>();

  async function stock({ shop, touches }: Stocked): Promise<readonly CompiledTemplate[]> {
    const compiled = await loadTemplates(dir, { shop, touches });
    await keep(compiled);
    return compiled;
  }

  function shelfOf(playbook: Stocked): Promise<readonly CompiledTemplate[]> {
    const kept = shelves.get(playbook.version) ?? stock(playbook);
    shelves.set(playbook.version, kept);
    const overtaken = [...shelves.keys()].sort((a, b) => b - a).slice(VERSIONS_KEPT);
    for (const version of overtaken) shelves.delete(version);
    kept.catch(() => shelves.delete(playbook.version)); // the next one tries again
    return kept;
  }

  return {
    /**
     * Compiles all that this playbook needs, so that the first mail need not wait for it.
     *
     * @throws TemplateRefused with every mistake: a worker that cannot send should not begin
     */
    async warm(playbook: Stocked): Promise<void> {
      await shelfOf(playbook);
    },

    async find(touch: string, locale: string | undefined, playbook: Stocked): Promise<CompiledTemplate> {
      const found = templateFor(await shelfOf(playbook), touch, [locale, playbook.shop.locale]);
      if (!found) throw new Error(`no template "${touch}" in templates/`);
      return found;
    },
  };
}

export type TemplateShelf = ReturnType<typeof createTemplateShelf>;
