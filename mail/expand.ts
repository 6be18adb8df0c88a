import type { TemplateError } from './template-refused.ts';
import type { Translations } from './translations.ts';
import { speak, translationFor } from './words.ts';

/** All that one mail is made of, as text. */
export type TemplateSource = {
  /** The touch's name. */
  readonly name: string;
  readonly locale: string;
  readonly kind: 'service' | 'marketing';
  /** Who signs it; absent: whoever signs for the shop. */
  readonly signer?: string;
  /** Its links can be counted; absent: they are plain for everybody. */
  readonly measure?: 'clicks';
  /** `<name>.mjml`: `{{#> letter}} … {{/letter}}`. */
  readonly mjml: string;
  /** Layouts and partials by path below `templates/`, `layouts/letter.mjml`. */
  readonly parts: Readonly<Record<string, string>>;
  readonly translations: Translations;
};

/** A line of the expanded template, and where it was written. */
export type Line = {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  /** The words in it that come from a locale's file: from which column to which, and where they are written. */
  readonly words?: readonly Words[];
};

type Words = {
  readonly from: number;
  readonly to: number;
  readonly file: string;
  readonly line: number;
};

/** Where a line and column of the expanded template was written, its words in the file of their language. */
export function writtenAt(lines: readonly Line[], { line: at, column }: { line: number; column: number }) {
  const { file, line, words = [] } = lines[at - 1] ?? lines.at(-1) ?? { file: 'no template', line: 1 };
  const spoken = words.find(({ from, to }) => from <= column && column < to);
  return { template: spoken?.file ?? file, line: spoken?.line ?? line };
}

export type Expanded = { readonly lines: readonly Line[]; readonly errors: readonly TemplateError[] };

const LAYOUT = /^\{\{#> *([\w-]+) *\}\}$/;
const BODY = /^\{\{> *@partial-block *\}\}$/;
const PARTIAL = /^\{\{> *([\w-]+) *\}\}$/;
const DEEPEST = 5;

/**
 * Puts a template into its layout, partials into both, and words into their places. Tags for values stay. Each
 * line keeps where it came from, so that what is wrong later is told by file and line.
 */
export function expand(source: TemplateSource): Expanded {
  const expansion = new Expansion(source);
  return { lines: expansion.whole(), errors: expansion.errors };
}

class Expansion {
  readonly errors: TemplateError[] = [];
  readonly #source: TemplateSource;

  constructor(source: TemplateSource) {
    this.#source = source;
  }

  whole(): readonly Line[] {
    const file = `${this.#source.name}.mjml`;
    const lines = linesOf(file, this.#source.mjml).filter(({ text }) => text.trim() !== '');
    const opening = lines[0] ?? { text: '', file, line: 1 };
    const layout = LAYOUT.exec(opening.text.trim())?.[1];
    if (!layout) return this.#refuse(opening, 'a template begins with its layout, {{#> letter}}');
    const closing = lines.at(-1) ?? opening;
    if (closing.text.trim() !== `{{/${layout}}}`)
      return this.#refuse(closing, `expected {{/${layout}}} at the end`);

    const around = this.#part(`layouts/${layout}.mjml`, opening);
    const body = lines.slice(1, -1).flatMap((line) => this.#expanded(line, 0));
    return around.flatMap((line) => (BODY.test(line.text.trim()) ? body : this.#expanded(line, 0)));
  }

  #expanded(line: Line, depth: number): readonly Line[] {
    const name = PARTIAL.exec(line.text.trim())?.[1];
    if (!name) return [this.#spoken(line)];
    if (depth === DEEPEST) return this.#refuse(line, `"${name}" goes round in circles`);
    // a footer tells how to leave in marketing mail only: each kind has its own
    const file = `partials/${name === 'footer' ? `footer-${this.#source.kind}` : name}.mjml`;
    return this.#part(file, line).flatMap((inner) => this.#expanded(inner, depth + 1));
  }

  #part(file: string, asked: Line): readonly Line[] {
    const part = this.#source.parts[file];
    return part === undefined ? this.#refuse(asked, `no ${file}`) : linesOf(file, part);
  }

  #spoken(line: Line): Line {
    const { name, locale } = this.#source;
    const missed = (key: string) =>
      this.#refuse(line, `no "${name}.${key}" nor "common.${key}" in locales/${locale}.yaml`);
    const { text, words } = speak(line.text, this.#source, missed);
    const file = `locales/${locale}.yaml`;
    const written = words.map(({ key, ...span }) => ({
      ...{ ...span, file, line: translationFor(this.#source, key)?.line ?? 1 },
    }));
    return written.length > 0 ? { ...line, text, words: written } : { ...line, text };
  }

  #refuse({ file, line }: Line, message: string): readonly Line[] {
    this.errors.push({ template: file, line, message });
    return [];
  }
}

function linesOf(file: string, text: string): Line[] {
  return text.split('\n').map((line, at) => ({ text: line, file, line: at + 1 }));
}
