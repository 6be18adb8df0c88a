import type { Element } from './html-tree.ts';
import { type Declaration, declarationsIn, isAbout, type Rule } from './style-sheet.ts';

/** What holds for an element of a property of CSS. */
export type Style = (property: string) => string | undefined;

/** An element's own style goes before every style sheet; what is important before both. */
const OWN = 1e6;
const IMPORTANT = 1e9;

type Said = Declaration & { readonly weight: number };

/** Works out what holds of all that is said of an element: the weightier, and of equals the later. */
export function styleOf(element: Element, rules: readonly Rule[]): Style {
  const holds = new Map<string, Said>();
  for (const said of allSaidOf(element, rules)) {
    const property = said.property === 'background-color' ? 'background' : said.property;
    const weight = said.weight + (said.important ? IMPORTANT : 0);
    if (weight >= (holds.get(property)?.weight ?? 0)) holds.set(property, { ...said, weight });
  }
  return (property) => holds.get(property)?.value;
}

function allSaidOf({ attributes, ...element }: Element, rules: readonly Rule[]): readonly Said[] {
  const about = rules.filter((rule) => isAbout(rule, { attributes, ...element }));
  const own = declarationsIn(attributes.get('style') ?? '');
  return [
    ...said('background', attributes.get('bgcolor')),
    ...said('color', attributes.get('color')),
    ...about.flatMap(({ declarations, selector }) =>
      declarations.map((declaration) => ({ ...declaration, weight: 1 + selector.weight })),
    ),
    ...own.map((declaration) => ({ ...declaration, weight: OWN })),
  ];
}

/** What an attribute of HTML says, before any style. */
function said(property: string, value: string | undefined): readonly Said[] {
  return value ? [{ property, value, important: false, weight: 0 }] : [];
}
