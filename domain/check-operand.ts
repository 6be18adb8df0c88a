import type { Fact, FactType } from './fact-table.ts';
import { parseSpan } from './span.ts';
import type { Problem } from './strict.ts';
import { didYouMean } from './suggest.ts';

type Path = readonly PropertyKey[];

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

const WANTED: Readonly<
  Record<FactType, { readonly is: (value: unknown) => boolean; readonly words: string }>
> = {
  text: { is: (value) => typeof value === 'string', words: 'a text' },
  number: { is: Number.isFinite, words: 'a number' },
  flag: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  moment: { is: isDate, words: 'a date such as 2026-11-22 or a time in RFC 3339' },
  list: { is: (value) => typeof value === 'string', words: 'a text that the list may hold' },
};

/** What is wrong with a value that a fact is compared to; `null` asks whether it is unknown. */
export function checkOperand(fact: Fact, operand: unknown, path: Path): Problem[] {
  if (operand === null) return fact.whenNull ? [] : [{ path, message: `"${fact.path}" is never null` }];
  const wanted = WANTED[fact.type];
  if (!wanted.is(operand)) {
    return [
      { path, message: `"${fact.path}" is compared to ${wanted.words}, not to ${JSON.stringify(operand)}` },
    ];
  }
  if (!fact.values || fact.values.includes(String(operand))) return [];
  const hint = didYouMean(String(operand), fact.values);
  return [{ path, message: `"${fact.path}" is never "${operand}"`, ...(hint ? { hint } : {}) }];
}

/** What is wrong with a border that a fact is held against. */
export function checkOrdered(fact: Fact, operand: unknown, path: Path): Problem[] {
  if (fact.type !== 'number' && fact.type !== 'moment') {
    return [{ path, message: `"${fact.path}" has no order`, hint: 'use $eq, $ne, $in or $nin' }];
  }
  return operand === null
    ? [{ path, message: 'nothing is above or below null' }]
    : checkOperand(fact, operand, path);
}

/** What is wrong with the values of `$in` and `$nin`. */
export function checkList(fact: Fact, operands: unknown, path: Path): Problem[] {
  if (!Array.isArray(operands) || operands.length === 0) return [{ path, message: 'takes a list of values' }];
  return operands.flatMap((operand, i) => checkOperand(fact, operand, [...path, i]));
}

/** What is wrong with an age. */
export function checkAge(fact: Fact, operand: unknown, path: Path): Problem[] {
  if (fact.type !== 'moment') return [{ path, message: `"${fact.path}" is not a moment, it has no age` }];
  const isSpan = typeof operand === 'string' && parseSpan(operand) !== undefined;
  return isSpan ? [] : [{ path, message: 'takes a length of time', hint: 'write 30 days' }];
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value));
}
