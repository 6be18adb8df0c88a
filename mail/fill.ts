import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import type { TemplateValues } from '../domain/values.ts';
import { type Counted, FORMATTERS } from './formatters.ts';
import { encodePiece } from './quoted-printable.ts';
import type { Sheet } from './sheet.ts';
import { SKELETON, WRITTEN } from './skeleton.ts';

/** Fills a part that is text. */
export type Fill = (values: TemplateValues, counted?: Counted) => string;

/** Fills a part of a body, encoded. */
export type Write = (values: TemplateValues, sheet: Sheet, counted?: Counted) => void;

/** What the code of a part calls. */
type Tools = {
  readonly known: typeof known;
  readonly is: typeof is;
  readonly items: typeof items;
  readonly formatters: typeof FORMATTERS;
  /** Of ASCII. */
  readonly bytes: (text: string) => Uint8Array;
  /** In the code of before. */
  readonly piece: (value: unknown, name: string) => string;
};

const asItIs = (text: string) => text;
const asHtml = (text: string) => encodePiece(Handlebars.Utils.escapeExpression(text));

/** Makes a part fillable that is text, as a subject is; its code is our own, and kept with the template. */
export function fillOf(precompiled: string, encode: (value: string) => string = asItIs): Fill {
  const tools = toolsOf(encode);
  const code = codeOf(precompiled);
  if (!precompiled.startsWith(SKELETON)) return filledByHandlebars(code, tools.piece);
  return (values, counted) => code(values, tools, counted);
}

/** Makes a part of a body fillable. */
export function writeOf(precompiled: string, part: 'text' | 'html'): Write {
  const encode = part === 'html' ? asHtml : encodePiece;
  if (precompiled.startsWith(WRITTEN)) return codeOf(precompiled)(toolsOf(encode));
  const fill = fillOf(precompiled, encode);
  return (values, sheet, counted) => sheet.plain(fill(values, counted));
}

function codeOf(precompiled: string) {
  return runInThisContext(`(${precompiled})`);
}

function toolsOf(encode: (value: string) => string): Tools {
  const piece = (value: unknown, name: string) => encode(String(known(value, name)));
  return { known, is, items, formatters: FORMATTERS, bytes: (text) => Buffer.from(text), piece };
}

/** A template kept by version 0.1: what was mailed with it is shown, and sent again, as it was. */
function filledByHandlebars(code: TemplateSpecification, piece: Tools['piece']): Fill {
  const fill = Handlebars.create().template<TemplateValues>(code);
  const helpers = { ...FORMATTERS, piece };
  return (values) => fill(values, { helpers });
}

/** @throws when there is no such value: a mail with a hole is none */
function known(value: unknown, name: string): unknown {
  if (value === undefined || value === null) throw new Error(`no value for "${name}"`);
  return value;
}

/** Handlebars' own idea of what there is: neither empty text, nor an empty list, nor 0, unless it is asked for. */
function is(value: unknown, includeZero: unknown = false): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value) || (Boolean(includeZero) && value === 0);
}

function items(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}
