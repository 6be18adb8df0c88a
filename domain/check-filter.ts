import { checkAge, checkList, checkOperand, checkOrdered } from './check-operand.ts';
import { FACTS, type Fact, factAt } from './fact-table.ts';
import type { Problem } from './strict.ts';
import { didYouMean } from './suggest.ts';

type Path = readonly PropertyKey[];
type Check = (fact: Fact, operand: unknown, path: Path) => Problem[];

/** What a filter may ask of a fact; `$and` and `$or` join whole filters. */
const OPERATORS: ReadonlyMap<string, Check> = new Map([
  ['$eq', checkOperand],
  ['$ne', checkOperand],
  ['$gt', checkOrdered],
  ['$gte', checkOrdered],
  ['$lt', checkOrdered],
  ['$lte', checkOrdered],
  ['$in', checkList],
  ['$nin', checkList],
  ['$exists', checkExists],
  ['$not', checkNot],
  ['$olderThan', checkAge],
  ['$newerThan', checkAge],
]);
const JOINING = ['$and', '$or'];

/**
 * What is wrong with a filter over the facts; nothing, if sift and MongoDB read it alike.
 *
 * An operand must have its fact's type: the two disagree on anything else.
 */
export function checkFilter(filter: unknown, path: Path = []): Problem[] {
  if (!isRecord(filter)) return [{ path, message: 'is not a filter', hint: 'write { orders.count: 0 }' }];
  return Object.entries(filter).flatMap(([key, asked]) => {
    const here = [...path, key];
    if (JOINING.includes(key)) return checkJoined(asked, here);
    if (key.startsWith('$')) return [unknownOperator(key, JOINING, here)];
    const fact = factAt(key);
    return fact ? checkAsked(fact, asked, here) : [unknownFact(key, here)];
  });
}

function checkJoined(filters: unknown, path: Path): Problem[] {
  if (!Array.isArray(filters) || filters.length === 0) return [{ path, message: 'takes a list of filters' }];
  return filters.flatMap((filter, i) => checkFilter(filter, [...path, i]));
}

function checkAsked(fact: Fact, asked: unknown, path: Path): Problem[] {
  if (!isRecord(asked)) return checkOperand(fact, asked, path);
  const operators = Object.entries(asked);
  if (operators.length === 0) return [{ path, message: 'asks nothing of the fact' }];
  return operators.flatMap(([operator, operand]) => {
    const here = [...path, operator];
    const check = OPERATORS.get(operator);
    return check ? check(fact, operand, here) : [unknownOperator(operator, [...OPERATORS.keys()], here)];
  });
}

function checkExists(_: Fact, operand: unknown, path: Path): Problem[] {
  return typeof operand === 'boolean' ? [] : [{ path, message: 'takes true or false' }];
}

function checkNot(fact: Fact, operand: unknown, path: Path): Problem[] {
  if (isRecord(operand)) return checkAsked(fact, operand, path);
  return [{ path, message: 'takes an operator', hint: 'write { $not: { $gt: 3 } }, or use $ne' }];
}

function unknownOperator(operator: string, known: readonly string[], path: Path): Problem {
  const hint = didYouMean(operator, known);
  return { path, message: `unknown operator "${operator}"`, ...(hint ? { hint } : {}) };
}

function unknownFact(key: string, path: Path): Problem {
  const hint = didYouMean(
    key,
    FACTS.map((fact) => fact.path),
  );
  return { path, message: `unknown fact "${key}"`, hint: hint ?? 'see the table in docs/playbook.md' };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
