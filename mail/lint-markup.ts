import { addressesIn, type Fault, inStyle } from './addresses.ts';
import type { Line } from './expand.ts';
import type { Unreadable } from './readable.ts';
import { type Tag, tagsIn } from './tags.ts';
import type { TemplateError } from './template-refused.ts';

const PICTURES = ['img', 'mj-image'];
/** What runs, asks, or brings something else in; mail programs take it out, or take the whole mail for an attack. */
const FORBIDDEN = new Set(
  `script noscript iframe frame frameset object embed applet portal base form input textarea select svg math link
  title template plaintext xmp noembed noframes listing mj-include mj-html-attributes mj-html-attribute`.split(
    /\s+/,
  ),
);
const SHEET = /<(?:mj-)?style\b[^>]*>([\s\S]*?)(?:<\/(?:mj-)?style|$)/gi;
/** A value before `=`, between the letters of a name, or that takes the blanks around it away. */
const MADE_NAME = /\{\{~|~\}\}|\}\}\s*=|[\w:-](?:\{\{[^}]*\}\})+[\w:-]/;
const QUOTED = /"[^"]*"|'[^']*'/g;

/** What is wrong with the tags of a template: what has no place in a mail, links that are not safe, silent pictures. */
export function lintMarkup(lines: readonly Line[]): readonly TemplateError[] {
  const text = lines.map((line) => line.text).join('\n');
  const made = [...text.matchAll(/<\/?[\w:-]*(?:\{\{|\s+\{\{~)/g)].map(({ index }) => ({
    message: MADE,
    at: index,
  }));
  const faults = [...tagsIn(text).flatMap(faultsOf), ...sheetsIn(text), ...made];
  return faults.map(({ message, at }) => {
    const line = lines[text.slice(0, at).split('\n').length - 1];
    return { template: line?.file ?? '', line: line?.line ?? 1, message };
  });
}

const NO_ALT = 'a picture without alt="…"; say what is to be seen, or alt="" where it only decorates';
const MADE =
  'a tag, and the names of its attributes, are written out, without values in them; put {{#if …}} around';

function faultsOf(tag: Tag): readonly Fault[] {
  const { name, attributes, rest, at } = tag;
  const begin = at + 1 + name.length;
  const messages = [
    ...(FORBIDDEN.has(name)
      ? [`<${name}> has no place in a mail: mail programs take it out; leave it out`]
      : []),
    ...(rest === undefined ? [`<${name}> has no end; close its quotes, and write >`] : []),
    ...(PICTURES.includes(name) && !attributes.some((of) => of.name === 'alt') ? [NO_ALT] : []),
    ...(MADE_NAME.test(rest?.replaceAll(QUOTED, '""') ?? '') ? [MADE] : []),
  ];
  const within = attributes.flatMap((attribute) => [...addressesIn(attribute), ...acting(attribute)]);
  return [
    ...within.map((fault) => ({ ...fault, at: begin + fault.at })),
    ...messages.map((message) => ({ message, at })),
  ];
}

/** Attributes by which a mail would do something by itself. */
function acting({ name, at }: Tag['attributes'][number]): readonly Fault[] {
  if (/^on[a-z]+$/.test(name))
    return [{ message: `${name}="…" is a script, and none runs in a mail; leave it out`, at }];
  if (name === 'srcdoc' || name === 'http-equiv')
    return [
      { message: `${name}="…" has no place in a mail, which leads nowhere by itself; leave it out`, at },
    ];
  return [];
}

function sheetsIn(text: string): readonly Fault[] {
  return [...text.matchAll(SHEET)].flatMap(({ 0: whole, 1: css = '', index }) =>
    inStyle(css).map(({ message, at }) => ({ message, at: index + whole.indexOf(css) + at })),
  );
}

/** Where text that is hard to read was written: the page keeps the order of the template. */
export function placed(found: readonly Unreadable[], lines: readonly Line[]): readonly TemplateError[] {
  let from = 0;
  return found.map(({ text, message }) => {
    const begin = text.split('\n')[0]?.trim().slice(0, 40) ?? '';
    const next = lines.findIndex((line, at) => at >= from && line.text.includes(begin));
    const at = next >= 0 ? next : lines.findIndex((line) => line.text.includes(begin));
    from = Math.max(at, 0);
    const { file = '', line = 1 } = lines[from] ?? {};
    return { template: file, line, message: `text ${message}` };
  });
}
