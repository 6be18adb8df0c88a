import Handlebars from 'handlebars';
import type { TemplateValues } from '../domain/values.ts';
import { initial, isLink } from './formatters.ts';
import { encodePiece } from './quoted-printable.ts';

/** `plain` for a header, `text` and `html` for quoted-printable parts; only `html` escapes its values. */
export type Part = 'plain' | 'text' | 'html';

/** What begins the code of a part that is text; what is kept from before that begins otherwise (see `fill.ts`). */
export const SKELETON = '/* skeleton */';
/** What begins the code of a part that writes itself on a sheet. */
export const WRITTEN = '/* written */';

/** What is the same in every mail of a template: who the shop is, and who signs. */
export type Same = Partial<Pick<TemplateValues, 'shop' | 'signer'>>;

/**
 * Precompiles one part to code: of a function of the tools `x` of `fill.ts`, which makes one of the values `v`, of what
 * counts links, if they are, and of the sheet `o` that is written on. A `plain` part is answered as text.
 *
 * What never changes is said and encoded here, once; each other value is escaped and encoded where it is written.
 * Pieces begin and end at the start of a line, so that they fit whatever conditions and loops leave out or repeat.
 * Handlebars parses; its own runtime is not used, as it took most of the time (`bench/mails.ts`).
 */
export function precompilePart(template: string, part: Part, same: Same = {}): string {
  return new Skeleton(part, same).code(Handlebars.parse(template));
}

type Piece = { text: string } | { readonly code: string };

/** Formatters that ask nothing of the customer. A counted link, which has a number, does. */
const SAME_FOR_ALL = new Map<string, (value: string) => string | undefined>([
  ['initial', initial],
  ['link', (url) => (isLink(url) ? url : undefined)],
]);

const { escapeExpression } = Handlebars.Utils;

/** Writes code, with the scopes that are open: the values, and an item for each loop around. */
class Skeleton {
  readonly #part: Part;
  readonly #same: Same;
  /** What formatters are told beside their values, made once a mail: `t0`, `t1`… */
  readonly #told: string[] = [];
  /** What never changes, as it is written: `f0`, `f1`… */
  readonly #fixed: string[] = [];
  #loops = 0;

  constructor(part: Part, same: Same) {
    this.#part = part;
    this.#same = same;
  }

  code(template: hbs.AST.Program): string {
    const body = this.#program(template);
    const told = this.#told.map((hash, at) => `,t${at}={data:d,hash:${hash}}`).join('');
    const start = `const d={root:v,counted}${told};`;
    if (this.#part === 'plain') return `${SKELETON}(v,x,counted)=>{${start}let o="";${body}return o}`;
    const fixed = this.#fixed.map((text, at) => `f${at}=x.bytes(${JSON.stringify(text)})`);
    return `${WRITTEN}(x)=>{${fixed.length > 0 ? `const ${fixed};` : ''}return(v,o,counted)=>{${start}${body}}}`;
  }

  #program(program: hbs.AST.Program | undefined): string {
    const pieces = this.#pieces(program);
    return pieces.map((piece) => ('code' in piece ? piece.code : this.#content(piece.text))).join('');
  }

  /** What never changes is text: of neighbours that are, one is made. */
  #pieces(program: hbs.AST.Program | undefined): readonly Piece[] {
    const pieces: Piece[] = [];
    for (const piece of (program?.body ?? []).flatMap((node) => this.#statement(node))) {
      const last = pieces.at(-1);
      if (last && 'text' in last && 'text' in piece) last.text += piece.text;
      else pieces.push(piece);
    }
    return pieces;
  }

  #statement(node: hbs.AST.Statement): readonly Piece[] {
    if (isContent(node)) return [{ text: node.value }];
    if (isMustache(node)) return [this.#piece(node)];
    if (isBlock(node)) return this.#block(node);
    if (node.type === 'CommentStatement') return [];
    throw new Error(`no ${node.type} in a mail`);
  }

  #content(value: string): string {
    if (this.#part === 'plain') return `o+=${JSON.stringify(value)};`;
    const piece = encodePiece(value);
    return piece && `o.put(f${this.#fixed.push(piece) - 1});`;
  }

  #piece(node: hbs.AST.MustacheStatement): Piece {
    const same = this.#sameText(node);
    if (same !== undefined) return { text: this.#part === 'html' ? escapeExpression(same) : same };
    const { path, params, hash } = node;
    const name = nameOf(path);
    const value = isCall(node) ? this.#call(name, params, hash) : this.#value(path);
    const piece = `x.known(${value},${JSON.stringify(name)})`;
    return { code: this.#part === 'plain' ? `o+=${piece};` : `o.${this.#part}(String(${piece}));` };
  }

  /** Nothing, where it differs from mail to mail, or is missing, which is told when the template is tried out. */
  #sameText(node: hbs.AST.MustacheStatement): string | undefined {
    if (!isCall(node)) return this.#sameValue(node.path) ?? undefined;
    const [of, more] = node.params;
    const value = of && !more && !node.hash ? this.#sameValue(of) : undefined;
    return value ? SAME_FOR_ALL.get(nameOf(node.path))?.(value) : undefined;
  }

  /** What every mail has in this place; `undefined`: each has its own. */
  #sameValue(node: hbs.AST.Node): string | null | undefined {
    if (!isPath(node)) return undefined;
    const [group, key = '', deeper] = this.#fromRoot(node) ?? [];
    if (deeper !== undefined || (group !== 'shop' && group !== 'signer')) return undefined;
    const values: Readonly<Record<string, string | null>> = this.#same[group] ?? {};
    return Object.hasOwn(values, key) ? values[key] : undefined;
  }

  #block({ path, params: [first], hash, program, inverse }: hbs.AST.BlockStatement): readonly Piece[] {
    const name = nameOf(path);
    if (!first) throw new Error(`"${name}" of nothing`);
    if (name === 'each') return [{ code: this.#each(first, program, inverse) }];
    const same = this.#sameValue(first);
    if (same !== undefined) return this.#pieces(Boolean(same) === (name === 'if') ? program : inverse);
    const zero = hash?.pairs.findLast(({ key }) => key === 'includeZero')?.value;
    const test = `${name === 'unless' ? '!' : ''}x.is(${this.#value(first)}${zero ? `,${this.#value(zero)}` : ''})`;
    const otherwise = this.#program(inverse);
    return [{ code: `if(${test}){${this.#program(program)}}${otherwise && `else{${otherwise}}`}` }];
  }

  #each(over: hbs.AST.Expression, program: hbs.AST.Program, inverse: hbs.AST.Program | undefined): string {
    const list = this.#value(over);
    const none = this.#program(inverse);
    this.#loops += 1;
    const [l, i, s] = ['l', 'i', 's'].map((letter) => `${letter}${this.#loops}`);
    const body = this.#program(program);
    this.#loops -= 1;
    const loop = `for(let ${i}=0;${i}<${l}.length;${i}++){const ${s}=${l}[${i}];${body}}`;
    return `{const ${l}=x.items(${list});${none && `if(${l}.length===0){${none}}`}${loop}}`;
  }

  #call(name: string, params: readonly hbs.AST.Expression[], hash: hbs.AST.Hash | undefined): string {
    const given = params.map((param) => this.#given(name, param));
    const pairs = hash?.pairs.map(({ key, value }) => `${JSON.stringify(key)}:${this.#value(value)}`) ?? [];
    const isSame = hash?.pairs.every(({ value }) => 'value' in value) ?? true;
    const told = isSame ? this.#toldOnce(`{${pairs}}`) : `{data:d,hash:{${pairs}}}`;
    return `x.formatters[${JSON.stringify(name)}](${[...given, told].join(',')})`;
  }

  #toldOnce(hash: string): string {
    const found = this.#told.indexOf(hash);
    return `t${found < 0 ? this.#told.push(hash) - 1 : found}`;
  }

  /** Only `select` has words for what is unknown; anything else would write 1970, or no money at all. */
  #given(formatter: string, param: hbs.AST.Expression): string {
    const value = this.#value(param);
    if (formatter === 'select' || !isPath(param)) return value;
    return `x.known(${value},${JSON.stringify(param.original)})`;
  }

  #value(node: hbs.AST.Expression): string {
    if (isPath(node)) return this.#path(node);
    if (isCalled(node)) return this.#call(node.path.original, node.params, node.hash);
    return 'value' in node
      ? JSON.stringify(node.value)
      : String(node.type === 'NullLiteral' ? null : undefined);
  }

  #path(path: hbs.AST.PathExpression): string {
    const { data, depth, parts } = path;
    const fromRoot = this.#fromRoot(path);
    if (data && !fromRoot) return loopData(parts[0] ?? '', this.#loops - depth);
    const scope = fromRoot ? 'v' : `s${this.#loops - depth}`;
    return (fromRoot ?? parts).reduce((code, key) => `${code}[${JSON.stringify(key)}]`, scope);
  }

  /** Nothing of what is said of a loop, and of its item. */
  #fromRoot({ data, depth, parts }: hbs.AST.PathExpression): readonly string[] | undefined {
    if (data) return parts[0] === 'root' ? parts.slice(1) : undefined;
    return this.#loops - depth > 0 ? undefined : parts;
  }
}

function nameOf(path: object): string {
  return 'original' in path ? String(path.original) : '';
}

function loopData(name: string, loop: number): string {
  if (name === 'first') return `(i${loop}===0)`;
  return name === 'last' ? `(i${loop}===l${loop}.length-1)` : `i${loop}`;
}

function isContent(node: hbs.AST.Node): node is hbs.AST.ContentStatement {
  return node.type === 'ContentStatement';
}

function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}

function isCall({ params, hash }: hbs.AST.MustacheStatement): boolean {
  return params.length > 0 || hash !== undefined;
}

function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isCalled(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}
