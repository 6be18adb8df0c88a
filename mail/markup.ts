import { convert, type HtmlToTextOptions } from 'html-to-text';
import type { Line } from './expand.ts';
import { TemplateRefused } from './template-refused.ts';

/** A text part is read as it is: no wrapping, headings as they were written, addresses in `<…>` (RFC 3986 C). */
const AS_TEXT: HtmlToTextOptions = {
  wordwrap: false,
  selectors: [
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'a', options: { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: true } },
    { selector: 'a.reply', format: 'anchor', options: { ignoreHref: true } },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'img', format: 'skip' },
    { selector: '.only-seen', format: 'skip' },
    { selector: 'div[style^="display:none"]', format: 'skip' },
  ],
};

const TAGS = '(?:\\{\\{(?:#|else|/)[^}]*\\}\\} *)+';
const LEADING_TAGS = new RegExp(`^${TAGS}`, 'gm');
const LONE_TAGS = new RegExp(`^${TAGS}$\\n*`, 'gm');

/**
 * Makes mail HTML of MJML; Handlebars tags pass through.
 *
 * @throws TemplateRefused with the mistakes in the MJML
 */
export async function htmlOf(lines: readonly Line[]): Promise<string> {
  const { default: mjml } = await import('mjml'); // half a second to load: only who compiles needs it
  const { html, errors } = await mjml(lines.map(({ text }) => text).join('\n'), {
    keepComments: false,
    validationLevel: 'soft',
    fonts: {},
  });
  if (errors.length > 0) throw new TemplateRefused(errors.map((error) => mistakeAt(lines, error)));
  return `${html.replaceAll(/^\s+|[ \t]+$/gm, '').trim()}\n`;
}

function mistakeAt(lines: readonly Line[], { line, message }: { line: number; message: string }) {
  const written = lines[line - 1] ?? lines.at(-1);
  return { template: written?.file ?? '', line: written?.line ?? 1, message };
}

/**
 * The text part, from the template itself. Conditions and loops stay: block tags that share a line are set apart,
 * as Handlebars takes away a line only if one tag stands alone on it, and leave no empty lines behind.
 */
export function textOf(html: string): string {
  const text = convert(html, AS_TEXT).replaceAll(/^[ \t]+|[ \t]+$/gm, '');
  const tidy = text
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(LEADING_TAGS, (tags) => tags.replaceAll(/\}\} +/g, '}}'))
    .replaceAll(LONE_TAGS, (tags) => `${tags.trim().replaceAll('}}{{', '}}\n{{')}\n`)
    .replaceAll(/\{\{\/each\}\}\n(?!\{\{\/each)/g, '{{/each}}\n\n');
  return `${tidy.trim()}\n`;
}
