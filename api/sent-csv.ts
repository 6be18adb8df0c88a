import { parse } from 'csv-parse/sync';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Most gifts that one file marks sent. */
const MOST_IDS = 1_000;

/** Makes a part of the server read a CSV file too, as text. */
export function readCsv(app: FastifyInstance): void {
  app.addContentTypeParser(
    'text/csv',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => ({
      csv: body,
    }),
  );
}

/**
 * The ids of a file of the warehouse: of its column `id`, or of its first where no column is called so.
 *
 * @throws Problem 422 for what is no CSV, or too long
 */
export function idsIn(csv: string): readonly string[] {
  const rows = rowsOf(csv);
  const [first = []] = rows;
  const column = first.findIndex((cell) => cell.trim().toLowerCase() === 'id');
  const ids = (column === -1 ? rows : rows.slice(1)).map((row) => row[Math.max(0, column)]?.trim() ?? '');
  const different = [...new Set(ids.filter((id) => id !== ''))];
  if (different.length > MOST_IDS) throw new Problem(422, `send at most ${MOST_IDS} ids at a time`);
  return different;
}

function rowsOf(csv: string): readonly (readonly string[])[] {
  try {
    return parse(csv, {
      ...{ bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, skip_empty_lines: true },
    });
  } catch {
    throw new Problem(422, 'this is no CSV: write one line a gift, its id first, or under a column id');
  }
}
