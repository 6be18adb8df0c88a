import Handlebars from 'handlebars';
import { FORMATTERS } from './formatters.ts';
import { encodePiece } from './quoted-printable.ts';

/** `plain` for a header, `text` and `html` for quoted-printable parts; only `html` escapes its values. */
export type Part = 'plain' | 'text' | 'html';

/**
 * Precompiles one part. What never changes is encoded here, once; each value goes through the part's `piece`
 * (see `render.ts`), which escapes and encodes it. Pieces begin and end at the start of a line, so that they fit
 * whatever conditions and loops leave out or repeat.
 */
export function precompilePart(template: string, part: Part): string {
  const tree = Handlebars.parse(template);
  new Skeleton(part).accept(tree);
  const compiled = Handlebars.precompile(tree, {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: { ...known(), piece: true },
  });
  return String(compiled);
}

function known() {
  return Object.fromEntries(Object.keys(FORMATTERS).map((name) => [name, true]));
}

class Skeleton extends Handlebars.Visitor {
  readonly #part: Part;

  constructor(part: Part) {
    super();
    this.#part = part;
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    if (this.#part !== 'plain') content.value = encodePiece(content.value);
  }

  override MustacheStatement(tag: hbs.AST.MustacheStatement): void {
    const { loc, path, params, hash } = tag;
    const original = 'original' in path ? String(path.original) : '';
    const isCall = params.length > 0 || hash;
    const value = isCall ? { type: 'SubExpression', loc, path, params, hash } : path;
    const name = { type: 'StringLiteral', loc, value: original, original };
    const piece = {
      type: 'PathExpression' as const,
      loc,
      data: false,
      depth: 0,
      parts: ['piece'],
      original: 'piece',
    };
    Object.assign(tag, { path: piece, params: [value, name], hash: undefined });
  }
}
