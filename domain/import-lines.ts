import { readCustomer } from './import-customer.ts';
import { readOrder } from './import-order.ts';
import type { ImportContext, ImportKind, Line, RowsRead } from './import-row.ts';
import { readSuppression } from './import-suppression.ts';

/** The order in which files are taken in: what silences first, then who people are, then what they bought. */
export const IMPORT_ORDER: readonly ImportKind[] = ['suppressions', 'customers', 'orders'];

/** Reads lines that belong together: all of one order, or one line of another kind. */
export function readLines(kind: ImportKind, lines: readonly Line[], context: ImportContext): RowsRead {
  const [first] = lines;
  if (!first) return { kind: 'passed-over' };
  switch (kind) {
    case 'suppressions':
      return readSuppression(first, context);
    case 'customers':
      return readCustomer(first, context);
    case 'orders':
      return readOrder(lines, context);
  }
}
