import type { TemplateSource } from './expand.ts';

const WORDS = /\{\{(t|paragraphs) "([\w.-]+)"\}\}/g;

/** A template's own words, else the common ones. */
export function wordsFor(source: TemplateSource, key: string): string | undefined {
  const found = source.translations.get(`${source.name}.${key}`) ?? source.translations.get(`common.${key}`);
  return found?.text;
}

/**
 * Puts words where a line asks for them, `{{t "key"}}` within a line, `{{paragraphs "key"}}` as paragraphs. Words
 * are text: they are escaped, but for their tags.
 *
 * @param missed hears of a key without words
 */
export function speak(text: string, source: TemplateSource, missed: (key: string) => void): string {
  return text.replace(WORDS, (_, how: string, key: string) => {
    const words = wordsFor(source, key);
    if (words === undefined) missed(key);
    return how === 't' ? markup(words ?? '') : paragraphs(words ?? '');
  });
}

/** A blank line ends a paragraph; one that is all condition disappears with it. */
function paragraphs(words: string): string {
  return words
    .split(/\n\s*\n/)
    .map((paragraph) => markup(paragraph.trim()))
    .map((text) => {
      const [, open, inner, close] = /^(\{\{#[^}]*\}\})(.*)(\{\{\/\w+\}\})$/s.exec(text) ?? [];
      const whole = open && !/\{\{(?:\/|else)/.test(inner ?? '');
      return whole ? `${open}<p>${inner}</p>${close}` : `<p>${text}</p>`;
    })
    .join('');
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
