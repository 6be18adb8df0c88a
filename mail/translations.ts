import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { TemplateRefused } from './template-refused.ts';

/** The words of one language: key, as `welcome.subject`, to text and the line it stands on. */
export type Translations = ReadonlyMap<string, { readonly text: string; readonly line: number }>;

/**
 * Reads `locales/<locale>.yaml`: one block a template, and `common` for what they share. YAML, as the playbook
 * is, because marketers write it: paragraphs without quotes or escapes. Texts may hold Handlebars tags.
 *
 * @param file its name below `templates/`, for errors
 */
export function readTranslations(file: string, yaml: string): Translations {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    throw new TemplateRefused([
      {
        template: file,
        line: error.linePos?.[0].line ?? 1,
        message: error.message.split('\n')[0] ?? error.code,
      },
    ]);
  }
  const found = new Map<string, { text: string; line: number }>();
  if (isMap(document.contents)) collect(document.contents, '', lines, found);
  return found;
}

function collect(
  map: YAMLMap,
  prefix: string,
  lines: LineCounter,
  found: Map<string, { text: string; line: number }>,
): void {
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const name = `${prefix}${String(key.value)}`;
    if (isMap(value)) collect(value, `${name}.`, lines, found);
    if (!isScalar(value)) continue;
    found.set(name, { text: String(value.value).trim(), line: lines.linePos(key.range?.[0] ?? 0).line });
  }
}
