import type { TemplateSource } from './expand.ts';

const WORDS = /\{\{(t|paragraphs) "([\w.-]+)"\}\}/g;

/** A template's own words, else the common ones. */
export function wordsFor(source: TemplateSource, key: string): string | undefined {
  return translationFor(source, key)?.text;
}

/** The same, and on which line of the locale's file they are. */
export function translationFor({ name, translations }: TemplateSource, key: string) {
  return translations.get(`${name}.${key}`) ?? translations.get(`common.${key}`);
}

/** A line with its words in it, and where each of them begins and ends. */
export type Spoken = {
  readonly text: string;
  readonly words: readonly { readonly key: string; readonly from: number; readonly to: number }[];
};

/**
 * Puts words where a line asks for them, `{{t "key"}}` within a line, `{{paragraphs "key"}}` as paragraphs. Words
 * are text: they are escaped, but for their tags.
 *
 * @param missed hears of a key without words
 */
export function speak(line: string, source: TemplateSource, missed: (key: string) => void): Spoken {
  const words: { key: string; from: number; to: number }[] = [];
  let text = '';
  let at = 0;
  for (const { 0: tag, 1: how, 2: key = '', index } of line.matchAll(WORDS)) {
    const found = wordsFor(source, key);
    if (found === undefined) missed(key);
    text += line.slice(at, index);
    const from = text.length;
    text += how === 't' ? markup(found ?? '') : paragraphs(found ?? '');
    words.push({ key, from, to: text.length });
    at = index + tag.length;
  }
  return { text: text + line.slice(at), words };
}

/** A blank line ends a paragraph; one that is all condition disappears with it. */
function paragraphs(words: string): string {
  return words
    .split(/\n\s*\n/)
    .map((paragraph) => markup(paragraph.trim()))
    .map((text) => {
      const [, open, inner, close] = /^(\{\{#[^}]*\}\})(.*)(\{\{\/\w+\}\})$/s.exec(text) ?? [];
      return open && isOneCondition(inner ?? '') ? `${open}<p>${inner}</p>${close}` : `<p>${text}</p>`;
    })
    .join('');
}

/** Whether what stands in a condition is all of it: conditions within it close, and it has no other side. */
function isOneCondition(inner: string): boolean {
  let depth = 0;
  for (const [, how] of inner.matchAll(/\{\{(#|\/|else)/g)) {
    if (how === 'else' && depth === 0) return false;
    depth += how === '#' ? 1 : -Number(how === '/');
    if (depth < 0) return false;
  }
  return true;
}

function markup(words: string): string {
  const pieces = words.replaceAll(/\s*\n\s*/g, ' ').split(/(\{\{.*?\}\})/);
  return pieces.map((piece, at) => (at % 2 ? piece : escapeText(piece))).join('');
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
