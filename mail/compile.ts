import { createHash } from 'node:crypto';
import type { Shop } from '../domain/playbook.ts';
import { senderAddress } from '../domain/sender-address.ts';
import { signedBy } from '../domain/signer.ts';
import { valuesOf } from '../domain/values.ts';
import { countable } from './counted-links.ts';
import { expand, type Line, type TemplateSource } from './expand.ts';
import { fillOf } from './fill.ts';
import type { Mailbox } from './headers.ts';
import { lint } from './lint.ts';
import { lintMarkup, placed } from './lint-markup.ts';
import { htmlOf, textOf } from './markup.ts';
import { obligations } from './obligations.ts';
import { promotionIn } from './promotion.ts';
import { unreadable } from './readable.ts';
import { precompilePart, type Same } from './skeleton.ts';
import { type TemplateError, TemplateRefused } from './template-refused.ts';
import { A_STRANGER, trial } from './trial.ts';
import { wordsFor } from './words.ts';

/** A template ready to be filled; JSON-safe, and never changed: its id is the hash of the rest. */
export type CompiledTemplate = {
  readonly id: string;
  /** The touch's name. */
  readonly name: string;
  readonly locale: string;
  readonly kind: 'service' | 'marketing';
  /** Who signs, in this language. */
  readonly from: Mailbox;
  /** Handlebars' precompiled code; `text` and `html` are quoted-printable already. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of a measured touch: its links, as they stand in the template, `shop.url` or an address. */
  readonly links?: readonly string[];
};

/**
 * Compiles a template for one shop and language: layout, words, lint, MJML, text part, MIME skeleton.
 *
 * @throws TemplateRefused with every mistake, by file and line
 */
export async function compileTemplate(source: TemplateSource, of: Shop): Promise<CompiledTemplate> {
  const shop = signedBy(of, source.signer);
  const expanded = expand(source);
  const { lines } = expanded;
  const basic = [
    ...expanded.errors,
    ...lint(lines),
    ...['subject', 'sender'].flatMap((key) => lint(headerWords(source, key))),
    ...missing(source, lines),
  ];
  const others = [...lintMarkup(lines), ...promotionIn(source, lines), ...obligations(source, lines)];
  if (basic.length > 0) throw new TemplateRefused([...basic, ...others]);

  const written = await htmlOf(lines).catch((error: unknown) => Promise.reject(withOthers(error, others)));
  const { html, links } = source.measure ? countable(written) : { html: written, links: undefined };
  const text = textOf(html);
  const same = sameFor(shop);
  const parts = {
    subject: precompilePart(wordsFor(source, 'subject') ?? '', 'plain', same),
    text: precompilePart(text, 'text', same),
    html: precompilePart(html, 'html', same),
  };
  const { name, locale, kind } = source;
  const content = { name, locale, kind, from: senderOf(source, shop), ...parts, ...(links && { links }) };
  const compiled = { id: hashOf(content), ...content };
  const faults = [
    ...others,
    ...mute(source, lines, text),
    ...placed(unreadable(html), lines),
    ...trial(compiled, shop, lines),
  ];
  if (faults.length > 0) throw new TemplateRefused(faults);
  return compiled;
}

/** All that is wrong at once, where MJML refuses too. */
function withOthers(error: unknown, others: readonly TemplateError[]): unknown {
  return error instanceof TemplateRefused ? new TemplateRefused([...error.errors, ...others]) : error;
}

/** A template whose own words do not reach the text part: some readers see, or hear, that alone. */
function mute({ name }: TemplateSource, lines: readonly Line[], text: string): readonly TemplateError[] {
  const template = `${name}.mjml`;
  const own = lines.filter(({ file }) => file === template);
  const words = own.flatMap((line) => bareOf(line.text).match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  if (words.length === 0 || words.some((word) => text.includes(word))) return [];
  const line = own.find(({ text: written }) => /[\p{L}\p{N}]{3,}/u.test(bareOf(written)))?.line ?? 1;
  return [
    { template, line, message: 'nothing of it is in the text part; say it outside of class only-seen' },
  ];
}

/** What is read of a line: neither tags nor values. */
function bareOf(line: string): string {
  return line.replaceAll(/<[^>]*>|\{\{[^}]*\}\}/g, '');
}

/** A mail without a subject, or with nothing to read but what its layout says, is none. */
function missing(source: TemplateSource, lines: readonly Line[]): readonly TemplateError[] {
  const template = `${source.name}.mjml`;
  const words = `locales/${source.locale}.yaml`;
  const own = lines.filter(({ file }) => file === template).map(({ text }) => text);
  const bare = own.join(' ').replaceAll(/<[^>]*>|\{\{[#/][^}]*\}\}/g, '');
  const subject = source.translations.get(`${source.name}.subject`);
  return [
    ...(subject?.text
      ? []
      : [{ template: words, line: subject?.line ?? 1, message: `no "${source.name}.subject"` }]),
    ...(/[\p{L}\p{N}]/u.test(bare) ? [] : [{ template, line: 1, message: 'nothing to read: no text' }]),
  ];
}

/** Words that stand in a header, where no template says them. */
function headerWords({ name, locale, translations }: TemplateSource, key: string): readonly Line[] {
  const found = translations.get(`${name}.${key}`) ?? translations.get(`common.${key}`);
  return found ? [{ ...found, file: `locales/${locale}.yaml` }] : [];
}

/** Who signs, as the inbox shows it: `Anna van Koffiehuis Zuiderzon`. The same for every customer. */
function senderOf(source: TemplateSource, shop: Shop): Mailbox {
  const said = wordsFor(source, 'sender') ?? '{{shop.name}}';
  const fill = fillOf(precompilePart(said, 'plain'));
  const name = fill(valuesOf(A_STRANGER, undefined, { shop }));
  return { name, address: senderAddress(shop) };
}

/** What its mails say of the shop is known beforehand, whomever they are for. */
function sameFor(of: Shop): Same {
  const { shop, signer } = valuesOf(A_STRANGER, undefined, { shop: of });
  return { shop, signer };
}

function hashOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
