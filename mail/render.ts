import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import type { TemplateValues } from '../domain/values.ts';
import type { CompiledTemplate } from './compile.ts';
import { FORMATTERS } from './formatters.ts';
import { headerBlock, type MailHeaders } from './headers.ts';
import { decode, encodePiece } from './quoted-printable.ts';
import type { Part } from './skeleton.ts';

type RenderedMail = { readonly raw: Buffer; readonly subject: string };

/** A mail as a reader sees it. */
type Preview = { readonly subject: string; readonly html: string; readonly text: string };

export type Renderer = {
  /** Fills a compiled template; the answer is ready to hand over, in CRLF and ASCII. */
  renderMail(compiled: CompiledTemplate, values: TemplateValues, headers: MailHeaders): RenderedMail;
  previewMail(compiled: CompiledTemplate, values: TemplateValues): Preview;
};

type Fill = (values: TemplateValues) => string;
type Ready = Readonly<Record<Part, Fill>>;

/** Templates that a worker keeps ready. */
const KEPT = 500;

/** Makes a renderer that keeps the templates it has met ready. */
export function createRenderer(): Renderer {
  const kept = new Map<string, Ready>();
  const ready = (compiled: CompiledTemplate): Ready => {
    const found = kept.get(compiled.id) ?? readyOf(compiled);
    if (kept.size >= KEPT) kept.clear();
    kept.set(compiled.id, found);
    return found;
  };

  return {
    renderMail(compiled, values, headers) {
      const { plain, text, html } = ready(compiled);
      const spoken = spokenIn(compiled.locale, values);
      const subject = plain(spoken);
      const parts = [part('plain', text(spoken), headers), part('html', html(spoken), headers)];
      const head = headerBlock(subject, headers, compiled.locale);
      const mail = `${head}\r\n${parts.join('')}--${headers.boundary}--\r\n`;
      return { raw: Buffer.from(mail), subject };
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

function readyOf({ subject, text, html }: CompiledTemplate): Ready {
  return {
    plain: fillOf(subject, (value) => value),
    text: fillOf(text, encodePiece),
    html: fillOf(html, (value) => encodePiece(Handlebars.Utils.escapeExpression(value))),
  };
}

/** Makes a part fillable; its code is our own, made by `precompilePart` and kept with the template. */
export function fillOf(precompiled: string, encode: (value: string) => string): Fill {
  const environment = Handlebars.create();
  const fill = environment.template(runInThisContext(`(${precompiled})`));
  const piece = (value: unknown, name: string) => {
    if (value === undefined || value === null) throw new Error(`no value for "${name}"`);
    return encode(String(value));
  };
  const helpers = { ...FORMATTERS, piece };
  return (values) => fill(values, { helpers });
}
