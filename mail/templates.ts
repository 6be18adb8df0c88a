import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whatItDoes } from '../domain/does.ts';
import { LANGUAGES } from '../domain/languages.ts';
import type { Shop, Touch } from '../domain/playbook.ts';
import { type CompiledTemplate, compileTemplate } from './compile.ts';
import type { TemplateSource } from './expand.ts';
import { templateNames } from './template-names.ts';
import { type TemplateError, TemplateRefused } from './template-refused.ts';
import { readTranslations } from './translations.ts';

export type LoadOptions = {
  readonly shop: Shop;
  /** What is to be sent; what does something else needs no template. */
  readonly touches: readonly Pick<Touch, 'name' | 'kind' | 'by' | 'does' | 'from' | 'measure'>[];
  /** @default all there are */
  readonly locales?: readonly string[];
};

/**
 * Compiles a template for each touch in each language.
 *
 * @throws TemplateRefused with the mistakes of all of them
 */
export async function loadTemplates(
  dir: string,
  { shop, touches, locales = LANGUAGES }: LoadOptions,
): Promise<readonly CompiledTemplate[]> {
  const sources = await readSources(
    dir,
    touches.filter((touch) => !whatItDoes(touch)),
    locales,
  );
  const results = await Promise.allSettled(sources.map((source) => compileTemplate(source, shop)));
  const errors: TemplateError[] = [];
  const compiled = results.flatMap((result) => {
    if (result.status === 'fulfilled') return [result.value];
    if (!(result.reason instanceof TemplateRefused)) throw result.reason;
    errors.push(...result.reason.errors);
    return [];
  });
  if (errors.length > 0) throw new TemplateRefused(unlike(errors));
  return compiled;
}

/** What is wrong in a part that many templates share is told once. */
function unlike(errors: readonly TemplateError[]): readonly TemplateError[] {
  const told = new Map(errors.map((error) => [`${error.template}:${error.line}:${error.message}`, error]));
  return [...told.values()];
}

/**
 * Chooses the touch's template in the customer's language, else the shop's, else English.
 *
 * @param wanted BCP 47, best first; `nl-BE` is content with `nl`
 */
export function templateFor(
  templates: readonly CompiledTemplate[],
  touch: string,
  wanted: readonly (string | undefined)[],
): CompiledTemplate | undefined {
  const ofTouch = templates.filter(({ name }) => name === touch);
  const chain = [...wanted, LANGUAGES.at(-1)].flatMap((tag) => (tag ? [tag, tag.split('-')[0]] : []));
  return chain
    .map((tag) => ofTouch.find(({ locale }) => locale === tag))
    .find((found) => found !== undefined);
}

async function readSources(dir: string, touches: LoadOptions['touches'], locales: readonly string[]) {
  const names = await templateNames(dir);
  const lost = touches.filter(({ name }) => !names.includes(name));
  if (lost.length > 0) {
    throw new TemplateRefused(
      lost.map(({ name }) => ({
        template: `${name}.mjml`,
        line: 1,
        message: `no template "${name}" in templates/`,
      })),
    );
  }
  const parts = { ...(await readParts(dir, 'layouts')), ...(await readParts(dir, 'partials')) };
  const spoken = await Promise.all(
    locales.map(async (locale) => ({ locale, ...(await wordsOf(dir, locale)) })),
  );
  const mjmls = await Promise.all(touches.map(({ name }) => readFile(join(dir, `${name}.mjml`), 'utf8')));
  return touches.flatMap(({ name, kind, from: signer, measure }, at) =>
    spoken.map(
      ({ locale, translations }): TemplateSource => ({
        ...{
          name,
          kind,
          locale,
          translations,
          parts,
          ...(signer && { signer }),
          ...(measure && { measure }),
        },
        mjml: mjmls[at] ?? '',
      }),
    ),
  );
}

async function readParts(dir: string, folder: string): Promise<Record<string, string>> {
  const files = await readdir(join(dir, folder));
  const read = files.map(async (file) => [
    `${folder}/${file}`,
    await readFile(join(dir, folder, file), 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

async function wordsOf(dir: string, locale: string) {
  const file = `locales/${locale}.yaml`;
  return { translations: readTranslations(file, await readFile(join(dir, file), 'utf8')) };
}
