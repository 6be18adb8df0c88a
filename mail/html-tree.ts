/** An element of a mail's html, or the page itself. */
export type Element = {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: Element | undefined;
  readonly children: (Element | string)[];
};

const PIECE = /<!--[\s\S]*?-->|<![^>]*>|<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
const ATTRIBUTE = /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const VOID = ['br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr'];

/** Reads html as MJML makes it: well-formed; comments, and what Outlook alone reads of them, are passed over. */
export function treeOf(html: string): Element {
  const page = anElement('#page', '', undefined);
  let open = page;
  let at = 0;
  for (const piece of html.matchAll(PIECE)) {
    const [whole, closes = '', name = '', attributes = ''] = piece;
    open.children.push(html.slice(at, piece.index));
    at = piece.index + whole.length;
    if (name) open = closes ? closed(open, name.toLowerCase()) : opened(open, name.toLowerCase(), attributes);
  }
  open.children.push(html.slice(at));
  return page;
}

function opened(parent: Element, tag: string, attributes: string): Element {
  const element = anElement(tag, attributes, parent);
  parent.children.push(element);
  return VOID.includes(tag) || attributes.endsWith('/') ? parent : element;
}

/** The element around the one that ends; an end without a beginning is passed over. */
function closed(open: Element, tag: string): Element {
  let element: Element | undefined = open;
  while (element && element.tag !== tag) element = element.parent;
  return element?.parent ?? open;
}

function anElement(tag: string, attributes: string, parent: Element | undefined): Element {
  const found = [...attributes.matchAll(ATTRIBUTE)].map(
    ([, name = '', double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? ''] as const,
  );
  return { tag, attributes: new Map(found), parent, children: [] };
}

/** All elements below one, in the order of the page. */
export function* elementsIn(element: Element): Generator<Element> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* elementsIn(child);
  }
}
