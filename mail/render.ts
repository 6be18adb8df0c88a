import type { TemplateValues } from '../domain/values.ts';
import type { CompiledTemplate } from './compile.ts';
import { type Fill, fillOf, type Write, writeOf } from './fill.ts';
import type { Counted } from './formatters.ts';
import { headerBlock, type MailHeaders } from './headers.ts';
import { decode } from './quoted-printable.ts';
import { Sheet } from './sheet.ts';

type RenderedMail = { readonly raw: string; readonly subject: string };

/** A mail as a reader sees it. */
export type Preview = { readonly subject: string; readonly html: string; readonly text: string };

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

type Ready = { readonly plain: Fill; readonly text: Write; readonly html: Write };

/** Templates that a worker keeps ready. */
const KEPT = 500;

/** Makes a renderer that keeps the templates it has met ready. */
export function createRenderer(): Renderer {
  const kept = new Map<string, Ready>();
  const sheet = new Sheet();
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
      sheet.begin();
      sheet.plain(`${headerBlock(subject, headers, compiled.locale)}\r\n${beginning('plain', headers)}`);
      text(spoken, sheet, counted);
      sheet.plain(`\r\n${beginning('html', headers)}`);
      html(spoken, sheet, counted);
      sheet.plain(`\r\n--${headers.boundary}--\r\n`);
      return { raw: sheet.take(), subject };
    },
    previewMail(compiled, values) {
      const { plain, text, html } = ready(compiled);
      const spoken = spokenIn(compiled.locale, values);
      const read = (write: Write) => {
        sheet.begin();
        write(spoken, sheet);
        return decode(sheet.take());
      };
      return { subject: plain(spoken), html: read(html), text: read(text) };
    },
  };
}

function beginning(subtype: 'plain' | 'html', { boundary }: MailHeaders): string {
  const type = `Content-Type: text/${subtype}; charset=utf-8\r\n`;
  return `--${boundary}\r\n${type}Content-Transfer-Encoding: quoted-printable\r\n\r\n`;
}

/** Numbers and dates follow the customer's region only if the template speaks their language. */
function spokenIn(locale: string, values: TemplateValues): TemplateValues {
  return values.locale.split('-')[0] === locale.split('-')[0] ? values : { ...values, locale };
}

function readyOf({ subject, text, html }: CompiledTemplate): Ready {
  return { plain: fillOf(subject), text: writeOf(text, 'text'), html: writeOf(html, 'html') };
}
