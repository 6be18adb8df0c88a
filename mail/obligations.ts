import Handlebars from 'handlebars';
import type { TemplateValues } from '../domain/values.ts';
import type { Line, TemplateSource } from './expand.ts';
import type { TemplateError } from './template-refused.ts';

/** How the way out and the sender stand in a template, and as what they show. */
const OWED = [
  {
    ...{ what: 'the way to leave', place: /href\s*=\s*["']\{\{link links\.unsubscribe\}\}["']/ },
    missing: 'a marketing mail tells how to leave: {{link links.unsubscribe}} is missing; add {{> footer}}',
    shown: ({ links }: TemplateValues) => links?.unsubscribe ?? '',
  },
  {
    ...{ what: "the shop's address", place: /\{\{shop\.address\}\}/ },
    missing: 'a marketing mail tells who sends it: {{shop.address}} is missing; add {{> footer}}',
    shown: ({ shop }: TemplateValues) => shop.address,
  },
] as const;

/** What a marketing mail owes its reader, whatever else it says. */
export function obligations(
  { kind, name }: TemplateSource,
  lines: readonly Line[],
): readonly TemplateError[] {
  if (kind === 'service') return [];
  const template = `${name}.mjml`;
  const line = lines.findLast(({ file }) => file === template)?.line ?? 1;
  return OWED.filter(({ place }) => !lines.some(({ text }) => place.test(text))).map(({ missing }) => ({
    ...{ template, line, message: missing },
  }));
}

/**
 * Finds what is owed and written, and does not show: for whom a condition takes it away, or who reads the text part.
 *
 * @param whom in words
 */
export function unpaid(
  parts: { readonly html: string; readonly text: string },
  values: TemplateValues,
  { whom, lines }: { readonly whom: string; readonly lines: readonly Line[] },
): readonly TemplateError[] {
  return OWED.flatMap(({ what, place, shown }) => {
    const at = lines.find(({ text }) => place.test(text));
    const missing = (['html', 'text'] as const).filter(
      (part) => !parts[part].includes(as(part, shown(values))),
    );
    return missing.flatMap((part) =>
      at
        ? [{ template: at.file, line: at.line, message: `${what} does not show in the ${part} for ${whom}` }]
        : [],
    );
  });
}

function as(part: 'html' | 'text', value: string): string {
  return part === 'html' ? Handlebars.Utils.escapeExpression(value) : value;
}
