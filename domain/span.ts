import type { Span } from './playbook.ts';
import { instantOf, offsetMs } from './zone-offset.ts';

const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;
type Unit = (typeof UNITS)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Beyond this a span is a slip of the pen, and dates would leave the range of the calendar. */
const MOST: Readonly<Record<Unit, number>> = {
  years: 100,
  months: 1_200,
  weeks: 5_200,
  days: 36_500,
  hours: 876_000,
  minutes: 52_560_000,
};

const ISO = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/;
const WORDS = /^\d+ [a-z]+( \d+ [a-z]+)*$/;

/** Reads `7 days`, `1 hour`, `1 year 6 months` or ISO 8601 (`P7D`, `PT1H`); undefined if it is no span. */
export function parseSpan(text: string): Span | undefined {
  const iso = ISO.exec(text);
  const pairs = iso ? isoPairs(iso) : wordPairs(text);
  if (!pairs || new Set(pairs.map(([unit]) => unit)).size < pairs.length) return undefined;
  if (pairs.some(([unit, count]) => count > MOST[unit])) return undefined;
  return Object.fromEntries(pairs.filter(([, count]) => count > 0));
}

/**
 * The moment a span after `at`, by calendar in the zone: `7 days` keeps the wall clock.
 *
 * A wall-clock time that a clock change removes moves forward; one that happens twice is the first. Hours and
 * minutes are exact. 31 January and a month is the last of February.
 */
export function addSpan(at: number, span: Span, zone: string): number {
  return byCalendar(at, span, zone, 1) + exactPart(span);
}

/** The moment a span before `at`; the rules of `addSpan`, the exact part first. */
export function subtractSpan(at: number, span: Span, zone: string): number {
  return byCalendar(at - exactPart(span), span, zone, -1);
}

function exactPart({ hours = 0, minutes = 0 }: Span): number {
  return (hours * 60 + minutes) * MINUTE;
}

/** Calendar arithmetic on local time, as if it were UTC; then back to the instant. */
function byCalendar(at: number, span: Span, zone: string, sign: 1 | -1): number {
  const { years = 0, months = 0, weeks = 0, days = 0 } = span;
  if (!(years || months || weeks || days)) return at;
  const local = addMonths(at + offsetMs(at, zone), sign * (years * 12 + months));
  return instantOf(local + sign * (weeks * 7 + days) * DAY, zone);
}

/** The same day some months on; where a month is too short for it, the month's last. */
function addMonths(local: number, months: number): number {
  if (months === 0) return local;
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = ((local % DAY) + DAY) % DAY;
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + time;
}

function isoPairs(match: RegExpExecArray): [Unit, number][] {
  return UNITS.flatMap((unit, i): [Unit, number][] => (match[i + 1] ? [[unit, Number(match[i + 1])]] : []));
}

function wordPairs(text: string): [Unit, number][] | undefined {
  if (!WORDS.test(text)) return undefined;
  const pairs = [...text.matchAll(/(\d+) ([a-z]+)/g)].map(([, count, word]) => ({
    unit: UNITS.find((unit) => unit === word || unit === `${word}s`),
    count: Number(count),
  }));
  return pairs.every(({ unit }) => unit)
    ? pairs.flatMap(({ unit, count }) => (unit ? [[unit, count]] : []))
    : undefined;
}
