import Handlebars from 'handlebars';
import { type Line, writtenAt } from './expand.ts';
import { FORMATTERS, isLink } from './formatters.ts';
import { childOf, isList, type Shape, VALUES } from './shapes.ts';
import type { TemplateError } from './template-refused.ts';

type Place = { readonly line: number; readonly column: number };
type Refuse = (place: Place, message: string) => void;

const BLOCKS = ['if', 'unless', 'each'];
const LOOP_DATA = ['index', 'first', 'last'];

/** Every mistake that can be seen without rendering, by file and line. */
export function lint(lines: readonly Line[]): readonly TemplateError[] {
  const found: TemplateError[] = [];
  const refuse = (place: Place, message: string) => {
    found.push({ ...writtenAt(lines, place), message });
  };
  const unclosed = unparsed(lines);
  if (unclosed) return [unclosed];
  new Lint(refuse).accept(Handlebars.parse(textOf(lines)));
  return found;
}

/** Where Handlebars loses its way: each file by itself first, as a tag left open is only missed at the end. */
function unparsed(lines: readonly Line[]): TemplateError | undefined {
  const files = [...new Set(lines.map(({ file }) => file))];
  for (const part of [...files.map((name) => lines.filter(({ file }) => file === name)), lines]) {
    try {
      Handlebars.parse(textOf(part));
    } catch (error) {
      const message = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
      const { file = '', line = 1 } =
        part[Number(/line (\d+)/i.exec(message)?.[1] ?? 1) - 1] ?? part.at(-1) ?? {};
      return { template: file, line, message };
    }
  }
  return undefined;
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join('\n');
}

/** Walks a template with the values that are in scope. */
class Lint extends Handlebars.Visitor {
  readonly #scopes: Shape[] = [VALUES];
  readonly #refuse: Refuse;

  constructor(refuse: Refuse) {
    super();
    this.#refuse = refuse;
  }

  override MustacheStatement(tag: hbs.AST.MustacheStatement): void {
    const { start } = tag.loc;
    if (!tag.escaped) this.#refuse(start, '{{{ and {{& would let a value be markup');
    if (tag.params.length > 0 || tag.hash) this.SubExpression(tag);
    else if (!isPath(tag.path)) this.#refuse(start, 'words stand as they are, not in a tag');
    else if (this.#shapeOf(tag.path) !== 'value')
      this.#refuse(start, `"${tag.path.original}" is not one value`);
  }

  override SubExpression({ path, params, hash, loc }: Called): void {
    const name = isPath(path) ? path.original : '';
    if (!Object.hasOwn(FORMATTERS, name)) this.#refuse(loc.start, `unknown helper "${name}"`);
    const [to] = params;
    if (name === 'link' && to && isText(to) && !isLink(to.value))
      this.#refuse(loc.start, `a link is https or mailto: "${to.value}"`);
    this.#arguments(params, hash);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = block.path.original;
    if (!BLOCKS.includes(name)) this.#refuse(block.loc.start, `unknown helper "${name}"`);
    this.#arguments(block.params, block.hash);
    if (name === 'each') this.#each(block);
    else if (block.program) this.accept(block.program);
    if (block.inverse) this.accept(block.inverse);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    this.#shapeOf(path);
  }

  override PartialStatement({ loc }: hbs.AST.PartialStatement): void {
    this.#refuse(loc.start, 'a partial stands on a line of its own, by its bare name');
  }

  override PartialBlockStatement({ loc }: hbs.AST.PartialBlockStatement): void {
    this.#refuse(loc.start, 'a layout surrounds the whole template');
  }

  override Decorator({ loc }: hbs.AST.Decorator): void {
    this.#refuse(loc.start, 'decorators have no place in a mail');
  }

  override DecoratorBlock({ loc }: hbs.AST.DecoratorBlock): void {
    this.#refuse(loc.start, 'decorators have no place in a mail');
  }

  #arguments(params: readonly hbs.AST.Expression[], hash: hbs.AST.Hash | undefined): void {
    for (const param of params) this.accept(param);
    for (const { value } of hash?.pairs ?? []) this.accept(value);
  }

  #each({ params, program, loc }: hbs.AST.BlockStatement): void {
    const [list] = params;
    const shape = list && isPath(list) ? this.#find(list) : undefined;
    if (!isList(shape)) {
      this.#refuse(loc.start, '"each" goes over a list');
      return;
    }
    this.#scopes.push(shape[0]);
    this.accept(program);
    this.#scopes.pop();
  }

  #shapeOf(path: hbs.AST.PathExpression): Shape | undefined {
    const shape = this.#find(path);
    if (!shape) this.#refuse(path.loc.start, `unknown variable "${path.original}"`);
    return shape ?? 'value';
  }

  #find({ parts, depth, data }: hbs.AST.PathExpression): Shape | undefined {
    if (data && LOOP_DATA.includes(parts[0] ?? '')) return this.#scopes.length > 1 ? 'value' : undefined;
    if (data && parts[0] !== 'root') return undefined;
    const scope = data ? VALUES : this.#scopes.at(-1 - depth);
    return parts.slice(data ? 1 : 0).reduce<Shape | undefined>(childOf, scope);
  }
}

type Called = Pick<hbs.AST.SubExpression, 'params' | 'hash' | 'loc'> & { readonly path: hbs.AST.Expression };

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isText(node: hbs.AST.Node): node is hbs.AST.StringLiteral {
  return node.type === 'StringLiteral';
}
