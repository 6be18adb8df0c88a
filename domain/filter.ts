import sift from 'sift';
import { factAt } from './fact-table.ts';
import type { Facts } from './facts.ts';
import type { Filter, Span } from './playbook.ts';
import { parseSpan, subtractSpan } from './span.ts';

/** The moment and the zone that ages are counted in. */
type Asked = { at: number; zone: string };

const compiled = new WeakMap<Filter, { readonly test: (facts: Facts) => boolean; readonly asked: Asked }>();

/**
 * Whether the facts meet a checked filter at a moment.
 *
 * Null rules: `null` matches what is not known; comparisons and ages never do; `$ne`, `$nin` and `$not` do;
 * `$exists` asks whether it is known. Ages (`$olderThan: 30 days`) go by the calendar of the customer's zone.
 *
 * @param at epoch milliseconds
 * @throws when the filter was never checked, and is wrong
 */
export function matches(filter: Filter, facts: Facts, at: number): boolean {
  const { test, asked } = compiled.get(filter) ?? compile(filter);
  asked.at = at;
  asked.zone = facts.timeZone ?? 'UTC';
  return test(facts);
}

/** Filters are few and asked often: each is made ready once. */
function compile(filter: Filter) {
  const asked: Asked = { at: 0, zone: 'UTC' };
  const operations = {
    $exists: asks((isKnown) => (value) => ((value ?? null) !== null) === isKnown),
    $olderThan: asks((text) => olderThan(spanOf(text), asked)),
    $newerThan: asks((text) => newerThan(spanOf(text), asked)),
  };
  const made = { test: sift.default<unknown>(withDates(filter), { operations }), asked };
  compiled.set(filter, made);
  return made;
}

/** An operator that tests one value; sift's own equality takes the test for what to equal. */
function asks(testOf: (operand: unknown) => (value: unknown) => boolean) {
  return (operand: unknown, owner: unknown, options: Parameters<typeof sift.createEqualsOperation>[2]) =>
    sift.createEqualsOperation(testOf(operand), owner, options);
}

function olderThan(span: Span, asked: Asked): (value: unknown) => boolean {
  return (value) => value instanceof Date && value.getTime() < subtractSpan(asked.at, span, asked.zone);
}

function newerThan(span: Span, asked: Asked): (value: unknown) => boolean {
  return (value) => value instanceof Date && value.getTime() >= subtractSpan(asked.at, span, asked.zone);
}

function spanOf(text: unknown): Span {
  const span = typeof text === 'string' ? parseSpan(text) : undefined;
  if (!span) throw new RangeError(`not a span: ${String(text)}`);
  return span;
}

/** The filter with the moments it compares to as dates, as the facts hold them. */
function withDates(filter: unknown): unknown {
  if (Array.isArray(filter)) return filter.map(withDates);
  if (!isRecord(filter)) return filter;
  const entries = Object.entries(filter);
  return Object.fromEntries(
    entries.map(([key, asked]) => [key, factAt(key)?.type === 'moment' ? dated(asked) : withDates(asked)]),
  );
}

function dated(asked: unknown): unknown {
  if (typeof asked === 'string') return new Date(asked);
  if (Array.isArray(asked)) return asked.map(dated);
  if (!isRecord(asked)) return asked;
  const isAge = (operator: string) => operator === '$olderThan' || operator === '$newerThan';
  return Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [key, isAge(key) ? value : dated(value)]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
