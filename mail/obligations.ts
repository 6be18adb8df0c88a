import type { Line, TemplateSource } from './expand.ts';
import type { TemplateError } from './template-refused.ts';

/**
 * What a mail owes its reader: marketing tells who sends it and how to leave; service mail, which passes without
 * consent, does not send people to the shop.
 */
export function obligations(
  { kind, name }: TemplateSource,
  lines: readonly Line[],
): readonly TemplateError[] {
  if (kind === 'service') return lines.filter(({ text }) => text.includes('shop.url')).map(shopLink);
  if (lines.some(({ file }) => file === 'partials/footer-marketing.mjml')) return [];
  const message = 'a marketing mail tells who sends it and how to leave: {{> footer}} is missing';
  return [{ template: `${name}.mjml`, line: 1, message }];
}

function shopLink({ file, line }: Line): TemplateError {
  return { template: file, line, message: 'a service mail has no link to the shop' };
}
