import Handlebars from 'handlebars';
import { encodePiece } from './quoted-printable.ts';

/** `plain` for a header, `text` and `html` for quoted-printable parts; only `html` escapes its values. */
export type Part = 'plain' | 'text' | 'html';

/** What begins the code of a part; what is kept from before version 0.2 begins otherwise (see `render.ts`). */
export const SKELETON = '/* skeleton */';

/**
 * Precompiles one part to the code of a function of the values `v`, the tools `x` of `render.ts`, and
 * what counts links, if they are.
 *
 * What never changes is encoded here, once; each value goes through the part's `piece`, which escapes and encodes it.
 * Pieces begin and end at the start of a line, so that they fit whatever conditions and loops leave out or repeat.
 * Handlebars parses; its own runtime is not used, as it took most of the time (`bench/mails.ts`).
 */
export function precompilePart(template: string, part: Part): string {
  const body = new Skeleton(part).program(Handlebars.parse(template));
  return `${SKELETON}(v,x,counted)=>{const d={root:v,counted};let o="";${body}return o}`;
}

/** Writes code, with the scopes that are open: the values, and an item for each loop around. */
class Skeleton {
  readonly #part: Part;
  #loops = 0;

  constructor(part: Part) {
    this.#part = part;
  }

  program(program: hbs.AST.Program | undefined): string {
    return (program?.body ?? []).map((statement) => this.#statement(statement)).join('');
  }

  #statement(node: hbs.AST.Statement): string {
    if (isContent(node)) return this.#content(node.value);
    if (isMustache(node)) return this.#piece(node);
    if (isBlock(node)) return this.#block(node);
    if (node.type === 'CommentStatement') return '';
    throw new Error(`no ${node.type} in a mail`);
  }

  #content(value: string): string {
    const written = this.#part === 'plain' ? value : encodePiece(value);
    return written && `o+=${JSON.stringify(written)};`;
  }

  #piece({ path, params, hash }: hbs.AST.MustacheStatement): string {
    const name = 'original' in path ? String(path.original) : '';
    const isCall = params.length > 0 || hash !== undefined;
    const value = isCall ? this.#call(name, params, hash) : this.#value(path);
    return `o+=x.piece(${value},${JSON.stringify(name)});`;
  }

  #block({ path, params: [first], hash, program, inverse }: hbs.AST.BlockStatement): string {
    if (!first) throw new Error(`"${path.original}" of nothing`);
    if (path.original === 'each') return this.#each(first, program, inverse);
    const zero = hash?.pairs.some(({ key }) => key === 'includeZero') ? ',true' : '';
    const test = `${path.original === 'unless' ? '!' : ''}x.is(${this.#value(first)}${zero})`;
    const otherwise = this.program(inverse);
    return `if(${test}){${this.program(program)}}${otherwise && `else{${otherwise}}`}`;
  }

  #each(over: hbs.AST.Expression, program: hbs.AST.Program, inverse: hbs.AST.Program | undefined): string {
    const list = this.#value(over);
    const none = this.program(inverse);
    this.#loops += 1;
    const [l, i, s] = ['l', 'i', 's'].map((letter) => `${letter}${this.#loops}`);
    const body = this.program(program);
    this.#loops -= 1;
    const loop = `for(let ${i}=0;${i}<${l}.length;${i}++){const ${s}=${l}[${i}];${body}}`;
    return `{const ${l}=x.items(${list});${none && `if(${l}.length===0){${none}}`}${loop}}`;
  }

  #call(name: string, params: readonly hbs.AST.Expression[], hash: hbs.AST.Hash | undefined): string {
    const given = params.map((param) => this.#given(name, param));
    const pairs = hash?.pairs.map(({ key, value }) => `${JSON.stringify(key)}:${this.#value(value)}`) ?? [];
    return `x.formatters[${JSON.stringify(name)}](${[...given, `{data:d,hash:{${pairs}}}`].join(',')})`;
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

  #path({ data, depth, parts }: hbs.AST.PathExpression): string {
    const [first = '', ...rest] = parts;
    if (data && first !== 'root') return loopData(first, this.#loops - depth);
    const scope = data ? 'v' : this.#scope(depth);
    return (data ? rest : parts).reduce((code, key) => `${code}[${JSON.stringify(key)}]`, scope);
  }

  #scope(depth: number): string {
    const loop = this.#loops - depth;
    return loop > 0 ? `s${loop}` : 'v';
  }
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

function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isCalled(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}
