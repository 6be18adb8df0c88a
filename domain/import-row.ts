import { keyedHash } from './hash.ts';
import { type Incoming, readEvents } from './incoming.ts';
import type { Problem } from './strict.ts';

/** What a file tells of: one of three kinds. */
export type ImportKind = 'suppressions' | 'customers' | 'orders';

/** One row of a file, by Rapport's own names of the columns; a column that is empty is absent. */
export type Row = Readonly<Record<string, string>>;

/** A row, with the line of the file that it begins on, from 1. */
export type Line = { readonly line: number; readonly row: Row };

/** What is the same for all rows of a file. */
export type ImportContext = {
  /** The system that the ids are of, where a row does not name it. */
  readonly source: string;
  /** Of times without a zone. */
  readonly timeZone: string;
  /** Of amounts without a currency. */
  readonly currency: string;
  /** How amounts are written: 2933, or 29.33. */
  readonly money: 'minor' | 'decimal';
  /** When the file was written, epoch milliseconds: what it tells without a time was so then. */
  readonly writtenAt: number;
  /** Now, epoch milliseconds. */
  readonly now: number;
  /** Keys the identities of rows. */
  readonly hashKey: string;
  /** Whether a consent without its time is taken, as of the file's: of exports that hold none. */
  readonly trustsFile: boolean;
  /** The topics that a consent of another system's export covers; none: it is not taken over. */
  readonly topics: readonly string[];
  /** The topics that somebody who unsubscribed there has refused. */
  readonly refusable: readonly string[];
};

/** An address to suppress. */
export type SuppressionTold = { readonly email: string; readonly reason: string; readonly at: number };

/** What is wrong with a row: where, what, and how to mend it. */
export type RowProblem = {
  readonly line: number;
  /** Rapport's own name of it; absent: the row as a whole. */
  readonly column?: string;
  readonly message: string;
  readonly hint?: string;
};

/** What some rows tell, or all that is wrong with them. */
export type RowsRead =
  | {
      readonly kind: 'read';
      readonly events: readonly Incoming[];
      readonly suppressions: readonly SuppressionTold[];
    }
  /** They tell of nothing that happened: an order that was never placed. */
  | { readonly kind: 'passed-over' }
  | { readonly kind: 'rejected'; readonly problems: readonly RowProblem[] };

/** What a path of an event is called in a file. */
export type ColumnNames = Readonly<Record<string, string>>;

/** Reads events as if they had been posted; what is wrong is told by column. */
export function readPosted(
  posted: readonly unknown[],
  { now }: Pick<ImportContext, 'now'>,
  place: (path: readonly PropertyKey[]) => Pick<RowProblem, 'line' | 'column'>,
): RowsRead {
  const read = readEvents(posted, now);
  if (read.kind === 'read') return { kind: 'read', events: read.events, suppressions: [] };
  const problems = read.problems.map((problem) => toldOf(problem, place));
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem])); // two events of one row
  return { kind: 'rejected', problems: [...once.values()] };
}

function toldOf(
  { path, message, hint }: Problem,
  place: (path: readonly PropertyKey[]) => Pick<RowProblem, 'line' | 'column'>,
): RowProblem {
  return { ...place(path), message, ...(hint === undefined ? {} : { hint }) };
}

/** The column that a path of an event stands for: places in lists do not count. */
export function columnOf(path: readonly PropertyKey[], names: ColumnNames): { readonly column?: string } {
  const column = names[path.filter((part) => typeof part !== 'number').join('/')];
  return column === undefined ? {} : { column };
}

/** The same for the same content, another for any other, and no clue to it. */
export function contentKey(hashKey: string, content: readonly unknown[]): string {
  return keyedHash(hashKey, JSON.stringify(content));
}

/** What is there of some parts. */
export function present<Value>(
  parts: Readonly<Record<string, Value | undefined>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [[part, value]])),
  );
}
