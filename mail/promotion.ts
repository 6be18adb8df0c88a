import Handlebars from 'handlebars';
import { type Line, type TemplateSource, writtenAt } from './expand.ts';
import { isNeeded } from './needed-pages.ts';
import { sellingIn } from './selling-words.ts';
import type { TemplateError } from './template-refused.ts';
import { translationFor } from './words.ts';

/** What the customer may like, or is given; service mail is about what they have. A surprise is marketing, always. */
const SUGGESTING = ['cart', 'orders.categories', 'customer.interests', 'grant'];
const HREF = /\bhref\s*=\s*(?:["'](https:\/\/[^"']+)["']|(https:\/\/[^\s"'>]+))/gi;
const PICTURE = /\b(?:src|background(?:-url)?)\s*=\s*["']?$/i;
const MEND = 'say it in a touch of kind: marketing';

/**
 * Finds in a service mail what makes it marketing: it passes without consent, so it has no link to the shop, no offer
 * and no suggestion. Prices of what was ordered are values, and stay.
 */
export function promotionIn(source: TemplateSource, lines: readonly Line[]): readonly TemplateError[] {
  if (source.kind !== 'service') return [];
  const subject = translationFor(source, 'subject');
  const said = subject ? [{ ...subject, file: `locales/${source.locale}.yaml` }] : [];
  const found = [
    ...lines.flatMap(linksIn),
    ...[lines, said].flatMap((part) => new Said(part).found()),
    ...wordsOf(source),
  ];
  return [...new Map(found.map((error) => [JSON.stringify(error), error])).values()];
}

/** The links that are written out. */
function linksIn({ text, file, line }: Line): readonly TemplateError[] {
  const links = [...text.matchAll(HREF)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  return links
    .filter((url) => !isNeeded(url))
    .map((url) => ({ template: file, line, message: notNeeded(url) }));
}

function notNeeded(url: string): string {
  return `a service mail links to an order, an account or help only: "${url}"; leave it out, or ${MEND}`;
}

/** What the tags of a template say, however they are written: `{{link 'https://…'}}`, `{{cart/names}}`. */
class Said extends Handlebars.Visitor {
  readonly #lines: readonly Line[];
  readonly #found: TemplateError[] = [];

  constructor(lines: readonly Line[]) {
    super();
    this.#lines = lines;
  }

  /** Nothing, where Handlebars loses its way: `lint` tells of that. */
  found(): readonly TemplateError[] {
    const template = parsed(this.#lines);
    if (template) this.accept(template);
    return this.#found;
  }

  override PathExpression({ parts, loc }: hbs.AST.PathExpression): void {
    const said = `${parts.join('.')}.`;
    if (said.startsWith('shop.url.')) this.#refuse(loc, `a service mail has no link to the shop; ${MEND}`);
    if (SUGGESTING.some((value) => said.startsWith(`${value}.`)))
      this.#refuse(loc, `a service mail suggests nothing, and gives nothing away; ${MEND}`);
  }

  override MustacheStatement(tag: hbs.AST.MustacheStatement): void {
    const { line, column } = tag.loc.start;
    const before = this.#lines[line - 1]?.text.slice(0, column) ?? '';
    if (!PICTURE.test(before)) super.MustacheStatement(tag);
  }

  override StringLiteral({ value, loc }: hbs.AST.StringLiteral): void {
    if (/^https?:/i.test(value) && !isNeeded(value)) this.#refuse(loc, notNeeded(value));
  }

  #refuse({ start }: hbs.AST.SourceLocation, message: string): void {
    this.#found.push({ ...writtenAt(this.#lines, start), message });
  }
}

function parsed(lines: readonly Line[]): hbs.AST.Program | undefined {
  try {
    return Handlebars.parse(lines.map(({ text }) => text).join('\n'));
  } catch {
    return undefined;
  }
}

/** The subject, and all that the template says itself; what the layouts say is common to all. */
function wordsOf({ name, locale, translations, mjml }: TemplateSource): readonly TemplateError[] {
  const own = [...translations].filter(([key]) => key.startsWith(`${name}.`));
  const words = own.flatMap(([, { text, line }]) =>
    sellingIn(text).map(({ word }) => sells(word, `locales/${locale}.yaml`, line)),
  );
  const written = sellingIn(mjml).map(({ word, before }) => sells(word, `${name}.mjml`, before + 1));
  return [...words, ...written];
}

function sells(word: string, template: string, line: number): TemplateError {
  return { template, line, message: `"${word}" sells, in a service mail; ${MEND}` };
}
