import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type CsvError, type Info, type Options, parse } from 'csv-parse';

/** How much of a file is read to see what it is, bytes: more than any header. */
const BEGINNING = 65_536;

/** A row of more bytes is a quote that was opened and never closed. */
const LONGEST_ROW = 1_048_576;

const DELIMITERS = [',', ';', '\t'] as const;

/** A file of rows that can be read again and again. */
export type CsvFile = {
  readonly path: string;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
  readonly delimiter: string;
  /** The first row. */
  readonly headers: readonly string[];
};

/** A row as it stands in the file; `line` is where it begins, from 1. */
export type CsvRow = {
  readonly line: number;
  readonly cells: readonly string[];
  /** Why it cannot be taken apart. */
  readonly broken?: string;
};

/**
 * Looks at a file: its delimiter and its headers.
 *
 * @throws with one line that says what is wrong, and how to mend it
 */
export async function examine(path: string): Promise<CsvFile> {
  const { beginning, size, writtenAt } = await beginningOf(path);
  if (beginning[0] === 0xff || beginning[0] === 0xfe) {
    throw new Error(`${path} is UTF-16: save it as UTF-8 (in Excel: "CSV UTF-8")`);
  }
  const delimiter = delimiterOf(beginning.toString('utf8'));
  for await (const { cells, broken } of rowsOf({ path, delimiter })) {
    if (broken) throw new Error(`${path}: the first line cannot be read: ${broken}`);
    return { path, size, writtenAt, delimiter, headers: cells };
  }
  throw new Error(`${path} is empty: its first line must name the columns`);
}

/** Reads all rows, the headers first; rows that hold nothing are left out. @param onBytes how far it has read */
export async function* rowsOf(
  { path, delimiter }: Pick<CsvFile, 'path' | 'delimiter'>,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<CsvRow> {
  const broken: CsvRow[] = [];
  const stream = createReadStream(path);
  const onSkip = (error: CsvError | undefined) => {
    const row = brokenAt(error);
    if (broken.at(-1)?.line !== row.line) broken.push(row); // it complains at each of a row's quotes
    return undefined;
  };
  let drift = 0; // the parser takes \r\n within quotes for two lines
  const parser = stream.pipe(parse({ ...OPTIONS, delimiter, on_skip: onSkip }));
  stream.on('error', (error) => parser.destroy(error));
  try {
    for await (const parsed of parser) {
      const { record, info }: { record: readonly string[]; info: Info } = parsed;
      drift += countOf('\r\n', record);
      const line = info.lines - drift - countOf('\n', record);
      while (broken[0] && broken[0].line < line) yield* broken.splice(0, 1); // the parser is ahead of us
      if (record.every((cell) => cell === '')) continue;
      yield { line, cells: record };
      onBytes(stream.bytesRead);
    }
    yield* broken.splice(0);
  } finally {
    stream.destroy();
  }
}

const OPTIONS: Options = {
  bom: true,
  info: true,
  trim: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_error: true,
  max_record_size: LONGEST_ROW,
};

async function beginningOf(path: string) {
  try {
    const file = await open(path);
    try {
      const { size, mtimeMs } = await file.stat();
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BEGINNING) });
      return { beginning: buffer.subarray(0, bytesRead), size, writtenAt: Math.floor(mtimeMs) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new Error(`cannot read ${path}`, { cause: error });
  }
}

/** Whichever separates most in the first line. */
function delimiterOf(beginning: string): string {
  const first = beginning.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function countOf(text: string, record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.includes(text) ? cell.split(text).length - 1 : 0), 0);
}

function brokenAt(error: CsvError | undefined): CsvRow {
  const line = Number(error?.lines ?? 0);
  const isLong = error?.code === 'CSV_MAX_RECORD_SIZE' || error?.code === 'CSV_QUOTE_NOT_CLOSED';
  return {
    line,
    cells: [],
    broken: isLong ? 'opens a quote that is never closed' : 'has a quote out of place',
  };
}
