import { readFileSync } from 'node:fs';

/** The first day of the sample, in UTC. */
export const FIRST_DAY = Date.UTC(1997, 0, 1);
const DAY_MS = 86_400_000;

/** One customer's purchases of one day: the published figures of CDNOW count days too (`cdnow.md`). */
export type Visit = {
  /** Id in the sample, `0001`–`2357`. */
  readonly customer: string;
  /** `1997-01-18`. */
  readonly day: string;
  readonly cds: number;
  /** What was paid, in hundredths of a dollar; 0 occurs. */
  readonly cents: number;
};

/** Reads the purchases that lie beside this file. */
export function readVisits(): Visit[] {
  return parseVisits(readFileSync(new URL('./cdnow-sample.txt', import.meta.url), 'utf8'));
}

/**
 * Joins the rows of one customer and one day into a visit, in the order of the text.
 *
 * @throws when a row has not the five columns of `cdnow.md`
 */
export function parseVisits(text: string): Visit[] {
  const visits = new Map<string, Visit>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const row = parseRow(line);
    const key = `${row.customer} ${row.day}`;
    const earlier = visits.get(key);
    visits.set(key, earlier ? joined(earlier, row) : row);
  }
  return [...visits.values()];
}

/** The visits of the first customers by sample id, within the first days from 1 January 1997. */
export function firstVisits(visits: readonly Visit[], customers: number, days: number): Visit[] {
  const end = isoDay(FIRST_DAY + days * DAY_MS);
  const ids = [...new Set(visits.map(({ customer }) => customer))].sort().slice(0, customers);
  const chosen = new Set(ids);
  return visits.filter(({ customer, day }) => chosen.has(customer) && day < end);
}

function parseRow(line: string): Visit {
  const match = /^\s*\d+\s+(\d{4})\s+(\d{4})(\d\d)(\d\d)\s+(\d+)\s+(\d+\.\d\d)\s*$/.exec(line);
  if (!match) throw new Error(`not a row of CDNOW's five columns: "${line.trim()}"`);
  const [, customer = '', year, month, day, cds, dollars] = match;
  return {
    customer,
    day: `${year}-${month}-${day}`,
    cds: Number(cds),
    cents: Math.round(Number(dollars) * 100),
  };
}

function joined(one: Visit, other: Visit): Visit {
  return { ...one, cds: one.cds + other.cds, cents: one.cents + other.cents };
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
