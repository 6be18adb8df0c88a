import type { ImportFormat } from '../domain/import-formats.ts';
import { translated } from '../domain/import-formats.ts';
import type { Line, Row, RowProblem } from '../domain/import-row.ts';
import { type CsvFile, type CsvRow, rowsOf } from './csv-file.ts';

/** A file whose kind is known. */
export type KnownFile = CsvFile & { readonly format: ImportFormat };

/** Lines that belong together, and what is wrong with them before anybody reads them. */
export type Group = { readonly lines: readonly Line[]; readonly problems: readonly RowProblem[] };

/** What a text becomes where its bytes are no UTF-8. */
const NOT_UTF8 = '\uFFFD';

/** Reads a file in groups: the lines of one order together, wherever they stand; of other kinds each by itself. */
export async function* groupsOf(file: KnownFile, onBytes: (bytes: number) => void): AsyncGenerator<Group> {
  const lastLines = file.format.kind === 'orders' ? await lastLinesOf(file) : new Map<string, number>();
  const open = new Map<string, Group>();
  for await (const { line, order = '', group } of linesOf(file, onBytes)) {
    const together = joined(open.get(order), group);
    const isWhole = line >= (lastLines.get(order) ?? 0);
    if (isWhole) open.delete(order);
    else open.set(order, together);
    if (isWhole) yield together;
  }
}

function joined(before: Group | undefined, { lines, problems }: Group): Group {
  if (!before) return { lines, problems };
  return { lines: [...before.lines, ...lines], problems: [...before.problems, ...problems] };
}

/** The last line of each order: whoever has read it has the whole order. */
async function lastLinesOf(file: KnownFile): Promise<ReadonlyMap<string, number>> {
  const last = new Map<string, number>();
  for await (const { line, order } of linesOf(file, () => {})) if (order !== undefined) last.set(order, line);
  return last;
}

/** One line, by itself; `order` is what its order is known by. */
type Single = { readonly line: number; readonly order?: string; readonly group: Group };

async function* linesOf(file: KnownFile, onBytes: (bytes: number) => void): AsyncGenerator<Single> {
  let isHeader = true;
  for await (const row of rowsOf(file, onBytes)) {
    if (!isHeader) yield singleOf(row, file);
    isHeader = false;
  }
}

function singleOf(csv: CsvRow, { headers, format }: KnownFile): Single {
  const { line } = csv;
  const row = translated(format, byHeader(csv.cells, headers));
  const problem = problemIn(csv, headers.length);
  const { source = '', order_id: id } = row;
  return {
    line,
    ...(id !== undefined && { order: `${source} ${id}` }),
    group: { lines: [{ line, row }], problems: problem ? [{ line, ...problem }] : [] },
  };
}

function byHeader(cells: readonly string[], headers: readonly string[]): Row {
  return Object.fromEntries(
    headers.flatMap((header, i) => {
      const cell = cells[i]?.trim();
      return header === '' || !cell ? [] : [[header, cell]];
    }),
  );
}

/** What is wrong with a row whatever it tells. */
function problemIn({ cells, broken }: CsvRow, columns: number): Omit<RowProblem, 'line'> | undefined {
  if (broken) return { message: broken, hint: 'write a quote within a value twice: ""' };
  if (cells.length !== columns) {
    const message = `has ${cells.length} values, and the first line names ${columns} columns`;
    return { message, hint: 'put a value that holds the separator in quotes' };
  }
  if (!cells.some((cell) => cell.includes(NOT_UTF8))) return undefined;
  return { message: 'is not UTF-8', hint: 'save the file as UTF-8 (in Excel: "CSV UTF-8")' };
}
