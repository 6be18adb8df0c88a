import { type Colour, colourOf, contrast, hexOf, over } from './colours.ts';
import { type Element, treeOf } from './html-tree.ts';
import { type Style, styleOf } from './style-of.ts';
import { type Rule, rulesOf } from './style-sheet.ts';

/** Text that is hard to read, or of which that cannot be told. */
export type Unreadable = { readonly text: string; readonly message: string };

/** Of text against what it stands on, by WCAG 2.2, 1.4.3: large is 24 pixels, or 18.66 in bold. */
const LEAST = { small: 4.5, large: 3 } as const;
const LARGE_PX = 24;
const LARGE_BOLD_PX = 18.66;
const BOLD = ['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th'];

/** What a piece of text looks like. */
type Look = {
  readonly ink: Colour;
  readonly ground: Colour;
  /** Pixels. */
  readonly size: number;
  readonly bold: boolean;
  readonly hidden: boolean;
  /** A colour that cannot be read: how it is written. */
  readonly unknown?: string;
};

const PAPER: Look = { ink: [0, 0, 0, 1], ground: [255, 255, 255, 1], size: 16, bold: false, hidden: false };

/**
 * Finds text in compiled html that does not stand out enough from its ground: by day, and by night where the mail has
 * colours for it. Inline styles and style sheets count, with their weight; pictures and gradients behind text do not.
 */
export function unreadable(html: string): readonly Unreadable[] {
  const page = treeOf(html);
  const rules = rulesOf(page);
  const hasNight = rules.some(({ night }) => night);
  return (hasNight ? [false, true] : [false]).flatMap((night) => {
    const counted = rules.filter((rule) => night || !rule.night);
    return [...hardToRead(page, PAPER, { counted, night })];
  });
}

type Light = { readonly counted: readonly Rule[]; readonly night: boolean };

function* hardToRead(element: Element, around: Look, light: Light): Generator<Unreadable> {
  if (['head', 'style', 'title'].includes(element.tag)) return;
  const look = lookOf(element, around, light);
  if (look.hidden) return;
  for (const child of element.children) {
    if (typeof child !== 'string') yield* hardToRead(child, look, light);
    else if (isText(child)) yield* judged(child.trim(), look, light.night);
  }
}

/** Letters, digits and signs; neither blanks nor what Handlebars takes away. */
function isText(text: string): boolean {
  const said = text.replaceAll(/\{\{[#/!^][^}]*\}\}|\{\{else[^}]*\}\}|&(?:nbsp|zwnj|#8203|#160|#xa0);/gi, '');
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(said);
}

function* judged(text: string, look: Look, night: boolean): Generator<Unreadable> {
  const { ink, ground, size, bold, unknown } = look;
  if (unknown) {
    yield { text, message: `has a colour that cannot be judged, "${unknown}"; write it as #rrggbb` };
    return;
  }
  const seen = over(ink, ground);
  const ratio = contrast(seen, ground);
  const least = size >= LARGE_PX || (bold && size >= LARGE_BOLD_PX) ? LEAST.large : LEAST.small;
  if (ratio >= least) return;
  const when = night ? 'in dark mode' : 'by day';
  const colours = `${hexOf(seen)} on ${hexOf(ground)}`;
  const message = `is hard to read ${when}: a contrast of ${ratio.toFixed(1)} (${colours}), where ${least} is the least; take colours further apart`;
  yield { text, message };
}

function lookOf(element: Element, around: Look, { counted }: Light): Look {
  const style = styleOf(element, counted);
  const ink = style('color') ?? (element.tag === 'a' ? '#0000ee' : 'inherit');
  const ground = groundOf(style) ?? 'transparent';
  const inked = ink === 'inherit' ? around.ink : colourOf(ink);
  const behind = colourOf(ground);
  const unknown = inked ? (behind ? around.unknown : ground) : ink;
  return {
    ink: inked ?? around.ink,
    ground: behind ? over(behind, around.ground) : around.ground,
    ...lettersOf(element, style, around),
    hidden: isHidden(style),
    ...(unknown && { unknown }),
  };
}

function isHidden(style: Style): boolean {
  return style('display') === 'none' || style('visibility') === 'hidden';
}

function lettersOf({ tag }: Element, style: Style, around: Look): Pick<Look, 'size' | 'bold'> {
  const size = Number(/^([\d.]+)px$/.exec(style('font-size') ?? '')?.[1] ?? around.size);
  const weight = style('font-weight') ?? (BOLD.includes(tag) ? 'bold' : undefined);
  return { size, bold: weight === undefined ? around.bold : weight === 'bold' || Number(weight) >= 700 };
}

/** The colour behind; a picture there is not judged, what is under it is. */
function groundOf(style: Style): string | undefined {
  const written = style('background')
    ?.replaceAll(/url\([^)]*\)/g, '')
    .trim();
  return written?.match(/#[\da-f]{3,8}\b|rgba?\([^)]*\)|^(?!inherit)[a-z]+$/i)?.[0];
}
