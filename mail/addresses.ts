import type { Attribute } from './tags.ts';

const LINK = /^(?:background|action|formaction|poster|data|ping|cite|longdesc)$|(?:^|[-:])(?:href|src|url)$/;
/** What is read, and looks like nothing. */
const READ = ['alt', 'title', 'aria-label', 'content'];
const URL_IN_STYLE = /url\(\s*["']?(.*?)["']?\s*(?:\)|$)/gis;
const CONDITION = /\{\{(?:[#/!]|else)[^}]*\}\}/g;
const ALIVE = /@import|\bimage-set\s*\(|\bexpression\s*\(|(?<![\w-])behavior\s*:|-moz-binding/i;
const VALUE = /\{\{.*?\}\}/gs;
/** A host that is written out, and nobody's name before it. */
const HOST = /^https:\/\/[\p{L}\p{N}][\p{L}\p{N}.-]*(?::\d+)?(?:[/?#]|$)/u;

/** What is wrong with an address of a template, and where it stands in its text. */
export type Fault = { readonly message: string; readonly at: number };

/** The addresses of an attribute that are not safe. */
export function addressesIn({ name, value, at }: Attribute): readonly Fault[] {
  if (LINK.test(name)) return faultOf(value).map((message) => ({ message, at }));
  if (name === 'srcset' || name === 'imagesrcset')
    return value
      .split(/,\s+/)
      .flatMap((of) => faultOf(of.trim().replace(/\s+[\d.]+[wx]$/, '')))
      .map((message) => ({ message, at }));
  return READ.includes(name) ? [] : inStyle(value).map((fault) => ({ ...fault, at: at + fault.at }));
}

/** The addresses in styles that are not safe, and what would make them more than looks. */
export function inStyle(css: string): readonly Fault[] {
  const plain = plainOf(css);
  const alive = ALIVE.exec(plain);
  const found = [...plain.matchAll(URL_IN_STYLE)].flatMap(({ 1: url = '', index }) =>
    faultOf(url).map((message) => ({ message, at: index })),
  );
  if (!alive) return found;
  return [
    ...found,
    { message: `styles are looks only, without "${alive[0]}"; leave it out`, at: alive.index },
  ];
}

function faultOf(url: string): readonly string[] {
  if (/^(?:\{\{link |mailto:)/.test(url)) return [];
  if (!url.startsWith('https://')) return [`a link is https or mailto: "${url}"${how(url)}`];
  if (/^https:\/\/[^/?#]*\{\{/.test(url))
    return [`a link says itself where it leads, without a value in its host: "${url}"; write the host out`];
  if (!HOST.test(url) || /[\s<>]/.test(url.replaceAll(VALUE, '')))
    return [`no address: "${url.split('\n')[0]}"; write https://host/path, and close its quotes`];
  return [];
}

function how(url: string): string {
  if (url.startsWith('{{')) return `; write {{link ${url.replaceAll(/[{}]/g, '')}}}`;
  return url.startsWith('http://') ? `; write https://${url.slice('http://'.length)}` : '';
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  colon: ':',
  lpar: '(',
  sol: '/',
  bsol: '\\',
};

/** As a browser reads it: `&#117;rl(`, `u\72l(`. */
function plainOf(css: string): string {
  return css
    .replaceAll(CONDITION, '')
    .replaceAll(/&#(?:x([\da-f]{1,6})|(\d{1,7}));?/gi, (_, hex?: string, ten?: string) =>
      letter(hex ? parseInt(hex, 16) : Number(ten)),
    )
    .replaceAll(
      /&(\w+);/g,
      (whole, name: string) => (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? whole,
    )
    .replaceAll(/\\([\da-f]{1,6})\s?/gi, (_, hex: string) => letter(parseInt(hex, 16)))
    .replaceAll(/\\(?=[a-z@(])/gi, '');
}

function letter(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
