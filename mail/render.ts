import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import type { TemplateValues } from '../domain/values.ts';
import type { CompiledTemplate } from './compile.ts';
import { type Counted, FORMATTERS } from './formatters.ts';
import { headerBlock, type MailHeaders } from './headers.ts';
import { decode, encodePiece } from './quoted-printable.ts';
import { remembered } from './remembered.ts';
import { type Part, SKELETON } from './skeleton.ts';
import { Slab } from './slab.ts';

type RenderedMail = { readonly raw: Buffer; readonly subject: string };

/** A mail as a reader sees it. */
type Preview = { readonly subject: string; readonly html: string; readonly text: string };

export type Renderer = {
  /**
   * Fills a compiled template; the answer is ready to hand over, in CRLF and ASCII.
   *
   * @param counted makes the links of a measured touch; absent: they are plain
   */
  renderMail(
    compiled: CompiledTemplate,
    values: TemplateValues,
    headers: MailHeaders,
    counted?: Counted,
  ): RenderedMail;
  previewMail(compiled: CompiledTemplate, values: TemplateValues): Preview;
};

type Fill = (values: TemplateValues, counted?: Counted) => string;
type Ready = Readonly<Record<Part, Fill>>;

/** Templates that a worker keeps ready. */
const KEPT = 500;

/** Makes a renderer that keeps the templates it has met ready. */
export function createRenderer(): Renderer {
  const kept = new Map<string, Ready>();
  const slab = new Slab();
  const ready = (compiled: CompiledTemplate): Ready => {
    const found = kept.get(compiled.id) ?? readyOf(compiled);
    if (kept.size >= KEPT) kept.clear();
    kept.set(compiled.id, found);
    return found;
  };

  return {
    renderMail(compiled, values, headers, counted) {
      const { plain, text, html } = ready(compiled);
      const spoken = spokenIn(compiled.locale, values);
      const subject = plain(spoken);
      const [said, shown] = [text(spoken, counted), html(spoken, counted)];
      const parts = part('plain', said, headers) + part('html', shown, headers);
      const head = headerBlock(subject, headers, compiled.locale);
      const end = `--${headers.boundary}--\r\n`;
      return { raw: slab.write(`${head}\r\n${parts}${end}`, encodingOf(head)), subject };
    },
    previewMail(compiled, values) {
      const { plain, text, html } = ready(compiled);
      const spoken = spokenIn(compiled.locale, values);
      return { subject: plain(spoken), html: decode(html(spoken)), text: decode(text(spoken)) };
    },
  };
}

function part(subtype: 'plain' | 'html', encoded: string, { boundary }: MailHeaders): string {
  const type = `Content-Type: text/${subtype}; charset=utf-8\r\n`;
  return `--${boundary}\r\n${type}Content-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}\r\n`;
}

/** Numbers and dates follow the customer's region only if the template speaks their language. */
function spokenIn(locale: string, values: TemplateValues): TemplateValues {
  return values.locale.split('-')[0] === locale.split('-')[0] ? values : { ...values, locale };
}

/** Longer values are not remembered. */
const SHORT = 100;

const textPiece = shortRemembered(encodePiece);
const htmlPiece = shortRemembered((value) => encodePiece(Handlebars.Utils.escapeExpression(value)));

function shortRemembered(encode: (value: string) => string): typeof encode {
  const short = remembered(encode);
  return (value) => (value.length <= SHORT ? short(value) : encode(value));
}

function readyOf({ subject, text, html }: CompiledTemplate): Ready {
  return {
    plain: fillOf(subject, (value) => value),
    text: fillOf(text, textPiece),
    html: fillOf(html, htmlPiece),
  };
}

const ASCII = /^[\0-\x7f]*$/;

/** A body is ASCII, of which a character is a byte and soon copied; an address in the head may be more. */
function encodingOf(head: string): 'latin1' | 'utf8' {
  return ASCII.test(head) ? 'latin1' : 'utf8';
}

/** What the code of a skeleton calls. */
type Tools = {
  readonly piece: (value: unknown, name: string) => string;
  readonly known: typeof known;
  readonly is: (value: unknown, includeZero?: boolean) => boolean;
  readonly items: (list: unknown) => readonly unknown[];
  readonly formatters: typeof FORMATTERS;
};

/** Makes a part fillable; its code is our own, made by `precompilePart` and kept with the template. */
export function fillOf(precompiled: string, encode: (value: string) => string): Fill {
  const piece = (value: unknown, name: string) => encode(String(known(value, name)));
  const code = runInThisContext(`(${precompiled})`);
  if (!precompiled.startsWith(SKELETON)) return filledByHandlebars(code, piece);
  const tools: Tools = { piece, known, is, items, formatters: FORMATTERS };
  return (values, counted) => code(values, tools, counted);
}

/** A template kept by version 0.1: what was mailed with it is shown, and sent again, as it was. */
function filledByHandlebars(code: TemplateSpecification, piece: Tools['piece']): Fill {
  const fill = Handlebars.create().template<TemplateValues>(code);
  const helpers = { ...FORMATTERS, piece };
  return (values) => fill(values, { helpers });
}

/** @throws when there is no such value: a mail with a hole is none */
function known(value: unknown, name: string): unknown {
  if (value === undefined || value === null) throw new Error(`no value for "${name}"`);
  return value;
}

/** Handlebars' own idea of what there is: neither empty text, nor an empty list, nor 0. */
function is(value: unknown, includeZero = false): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value) || (includeZero && value === 0);
}

function items(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}
