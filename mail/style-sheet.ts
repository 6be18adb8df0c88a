import { type Element, elementsIn } from './html-tree.ts';

/** What a style sheet says of some elements. */
export type Rule = {
  readonly selector: Selector;
  readonly declarations: readonly Declaration[];
  /** Only where the reader's device is dark. */
  readonly night: boolean;
};

export type Declaration = { readonly property: string; readonly value: string; readonly important: boolean };

/** From right to left: the element itself first; `near`: the next one is its parent, not just around it. */
type Selector = {
  readonly steps: readonly Step[];
  /** CSS specificity as one number. */
  readonly weight: number;
};
type Step = {
  readonly tag: string | undefined;
  readonly classes: readonly string[];
  readonly attributes: readonly string[];
  readonly near: boolean;
};

const NIGHT = /prefers-color-scheme:\s*dark/;
const STEP = /^([a-z][\w-]*|\*)?((?:\.[\w-]+|\[[^\]]+\])*)$/i;

/** The rules of all style sheets of a page that count on every screen, and those that count at night. */
export function rulesOf(page: Element): readonly Rule[] {
  const sheets = [...elementsIn(page)].filter(({ tag }) => tag === 'style');
  const css = sheets.map(({ children }) => children.join('')).join('\n');
  return rulesIn(css.replaceAll(/\/\*[\s\S]*?\*\//g, ''), false);
}

function rulesIn(css: string, night: boolean): Rule[] {
  const rules: Rule[] = [];
  const block = /([^{};]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g;
  for (const [, head = '', body = ''] of css.matchAll(block)) {
    const at = head.trim();
    if (at.startsWith('@media') && NIGHT.test(at)) rules.push(...rulesIn(body, true));
    else if (!at.startsWith('@')) rules.push(...rulesFor(at, body, night)); // other @media: sizes of screens, print
  }
  return rules;
}

function rulesFor(head: string, body: string, night: boolean): Rule[] {
  const declarations = declarationsIn(body);
  return head.split(',').flatMap((text) => {
    const selector = selectorOf(text.trim());
    return selector ? [{ selector, declarations, night }] : [];
  });
}

/** `color: red !important; …` */
export function declarationsIn(style: string): readonly Declaration[] {
  return style.split(';').flatMap((text) => {
    const [property = '', ...rest] = text.split(':');
    const value = rest.join(':').trim();
    if (!value) return [];
    const important = /!\s*important$/i.test(value);
    const plain = value.replace(/\s*!\s*important$/i, '');
    return [{ property: property.trim().toLowerCase(), value: plain, important }];
  });
}

/** Nothing for what a mail cannot be judged by: `:hover`, ids of other clients, siblings. */
function selectorOf(text: string): Selector | undefined {
  const parts = text
    .replaceAll(/\s*>\s*/g, ' >')
    .split(/\s+/)
    .reverse();
  const steps = parts.map((part) => {
    const [, tag, rest = ''] = STEP.exec(part.replace(/^>/, '')) ?? [];
    if (!tag && !rest) return undefined;
    const classes = rest.match(/\.[\w-]+/g)?.map((name) => name.slice(1)) ?? [];
    const attributes = rest.match(/\[[^\]]+\]/g)?.map((found) => found.slice(1, -1)) ?? [];
    return { tag: tag === '*' ? undefined : tag, classes, attributes, near: part.startsWith('>') };
  });
  const known = steps.filter((step) => step !== undefined);
  if (known.length < steps.length) return undefined;
  const weight = known.reduce(
    (sum, { tag, classes, attributes }) => sum + (tag ? 1 : 0) + 100 * (classes.length + attributes.length),
    0,
  );
  return { steps: known, weight };
}

/** Whether a rule is about this element. */
export function isAbout({ selector }: Rule, element: Element): boolean {
  return fits(selector.steps, element);
}

function fits([step, ...others]: readonly Step[], element: Element | undefined): boolean {
  if (!step) return true;
  if (!element || !isLike(step, element)) return false;
  if (others.length === 0) return true;
  if (step.near) return fits(others, element.parent);
  for (let around = element.parent; around; around = around.parent) if (fits(others, around)) return true;
  return false;
}

function isLike({ tag, classes, attributes }: Step, element: Element): boolean {
  const own = element.attributes.get('class')?.split(/\s+/) ?? [];
  return (
    (tag === undefined || tag === element.tag) &&
    classes.every((name) => own.includes(name)) &&
    attributes.every((written) => hasAttribute(written, element))
  );
}

/** `name` or `name='value'`. */
function hasAttribute(written: string, { attributes }: Element): boolean {
  const [, name = '', value] = /^([\w-]+)(?:=["']?([^"']*)["']?)?$/.exec(written) ?? [];
  const found = attributes.get(name);
  return found !== undefined && (value === undefined || found === value);
}
