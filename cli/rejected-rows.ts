import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { headerOf, type ImportFormat } from '../domain/import-formats.ts';
import type { RowProblem } from '../domain/import-row.ts';

/** The rows of a file that were left out, as a file beside it: which line, why, and how to mend it. */
export class RejectedRows {
  readonly path: string;
  readonly #format: ImportFormat;
  #file: WriteStream | undefined;
  /** How many rows. */
  count = 0;

  private constructor(path: string, format: ImportFormat) {
    this.path = path;
    this.#format = format;
  }

  /** Begins anew: what an earlier run left is removed. */
  static async of(input: string, format: ImportFormat): Promise<RejectedRows> {
    const path = `${input.replace(/\.[a-z]{3}$/i, '')}.rejected.csv`;
    await rm(path, { force: true });
    return new RejectedRows(path, format);
  }

  /** Notes the lines of one group, each with what is wrong with it, or whose fault it is. */
  add(lines: readonly number[], problems: readonly RowProblem[]): void {
    this.count += lines.length;
    for (const problem of problems) this.#write(problem);
    const told = new Set(problems.map(({ line }) => line));
    const culprit = problems[0]?.line ?? 0;
    for (const line of lines.filter((other) => !told.has(other))) {
      const message = 'is of an order that is left out as a whole';
      this.#write({ line, message, hint: `mend line ${culprit}` });
    }
  }

  /** @throws when the file cannot be written */
  async close(): Promise<void> {
    if (!this.#file) return;
    this.#file.end();
    await finished(this.#file);
  }

  #write({ line, column, message, hint = '' }: RowProblem): void {
    if (!this.#file) {
      this.#file = createWriteStream(this.path);
      this.#file.on('error', () => {}); // `close` tells
      this.#file.write('line,column,what is wrong,how to mend it\n');
    }
    const header = column === undefined ? '' : headerOf(this.#format, column);
    this.#file.write(`${[String(line), header, message, hint].map(quoted).join(',')}\n`);
  }
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
