/** One cell of a table: a text to the left, a number to the right. */
type Cell = string | number;

/** Rows in aligned columns; the first row is the header, and follows its column's side. */
export function columns(rows: readonly (readonly Cell[])[]): string[] {
  const [, first = []] = rows;
  const widths = first.map((_, at) => Math.max(...rows.map((row) => inWords(row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const isNumber = typeof first[at] === 'number';
        const width = widths[at] ?? 0;
        return isNumber ? inWords(cell).padStart(width) : inWords(cell).padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The widest that a line gets, characters. */
const WIDEST = 100;

/** A table whose last column may be long: its items go on below, under their own column. */
export function wrapped(lines: readonly string[]): string[] {
  const [head = ''] = lines;
  const indent = head.length - (head.split('  ').at(-1)?.trimStart().length ?? 0);
  return lines.flatMap((line) => broken(line, indent));
}

/** A line in pieces that are not too wide, broken after a comma. */
function broken(line: string, indent: number): string[] {
  const end = line.length > WIDEST ? line.lastIndexOf(', ', WIDEST - 1) : -1;
  if (end <= indent) return [line];
  return [line.slice(0, end + 1), ...broken(' '.repeat(indent) + line.slice(end + 2), indent)];
}

const WHOLE = new Intl.NumberFormat('en-GB');
const SMALL = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A number as people read it: `2,357`, `0.08`. */
export function inWords(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  return (Number.isInteger(cell) ? WHOLE : SMALL).format(cell);
}
