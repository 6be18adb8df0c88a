import { type Element, elementsIn, treeOf } from '../mail/html-tree.ts';

/**
 * Fills in the form of a page as somebody in a hurry would: what is chosen already stays, of other choices one is
 * drawn, words stay empty.
 *
 * @param draw 0–1 for a field's name, always the same for the same
 * @returns the fields by name, ready to be posted; `lang` is the page's language
 */
export function fieldsOf(page: string, draw: (field: string) => number): URLSearchParams {
  const elements = [...elementsIn(treeOf(page))];
  const fields = new URLSearchParams({ lang: attribute(elements, 'html', 'lang') });
  for (const element of elements) fill(fields, element, elements, draw);
  return fields;
}

function attribute(elements: readonly Element[], tag: string, name: string): string {
  return elements.find((element) => element.tag === tag)?.attributes.get(name) ?? '';
}

function fill(
  fields: URLSearchParams,
  { tag, attributes }: Element,
  elements: readonly Element[],
  draw: (field: string) => number,
): void {
  const name = attributes.get('name') ?? '';
  if (name === '' || fields.has(name) || !['input', 'textarea', 'select'].includes(tag)) return;
  const kind = tag === 'input' ? attributes.get('type') : tag;
  if (kind === 'radio') fields.set(name, choice(elements, name, draw(name)));
  else if (kind === 'checkbox' && draw(name) < 0.5) fields.set(name, choice(elements, name, draw(name) * 2));
  else if (kind === 'hidden' || kind === 'textarea') fields.set(name, attributes.get('value') ?? '');
}

/** Of a field's choices the one that is made already, else a drawn one. */
function choice(elements: readonly Element[], name: string, share: number): string {
  const choices = elements.filter(({ attributes }) => attributes.get('name') === name);
  const chosen = choices.find(({ attributes }) => attributes.has('checked'));
  return (chosen ?? choices[Math.floor(share * choices.length)])?.attributes.get('value') ?? '';
}
