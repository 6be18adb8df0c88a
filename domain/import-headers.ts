import { IMPORT_FORMATS, type ImportFormat } from './import-formats.ts';
import { suggest } from './suggest.ts';

/** What a file is, by its headers; or why it cannot be told. */
export type Recognised =
  | { readonly kind: 'recognised'; readonly format: ImportFormat; readonly headers: readonly string[] }
  | { readonly kind: 'unknown'; readonly message: string };

/** Recognises a file by the first row. */
export function recognise(cells: readonly string[]): Recognised {
  const headers = cells.map((cell) => cell.trim().toLowerCase());
  const twice = headers.find((header, i) => header !== '' && headers.indexOf(header) < i);
  if (twice !== undefined) return unknown(`has two columns "${twice}"`);

  const format = IMPORT_FORMATS.find(({ recognisedBy }) => {
    return recognisedBy.some((needed) => needed.every((header) => headers.includes(header)));
  });
  if (!format) return unknown(unrecognised(headers));
  const stranger = format.isOwn && headers.find((header) => !Object.hasOwn(format.columns, header));
  if (typeof stranger === 'string') return unknown(strange(stranger, format));
  return { kind: 'recognised', format, headers };
}

function unknown(message: string): Recognised {
  return { kind: 'unknown', message };
}

function strange(header: string, { name, columns }: ImportFormat): string {
  const known = Object.keys(columns);
  const best = suggest(header, known);
  const hint = best ? `did you mean "${best}"?` : `columns of ${name}: ${known.join(', ')}`;
  return `has a column "${header}" that ${name} do not have; ${hint}`;
}

/** Why headers fit nothing, with the nearest of our own columns. */
function unrecognised(headers: readonly string[]): string {
  if (headers.length === 1 && headers[0] === 'email') {
    return 'has the column email alone: add reason if these are suppressions, first_name or another if customers';
  }
  const own = [
    ...new Set(IMPORT_FORMATS.flatMap(({ isOwn, columns }) => (isOwn ? Object.keys(columns) : []))),
  ];
  const meant = headers.flatMap((header) => {
    const best = own.includes(header) ? undefined : suggest(header, own);
    return best ? [`"${header}": did you mean "${best}"?`] : [];
  });
  const hint = meant[0] ?? `known are ${IMPORT_FORMATS.map(({ name }) => name).join(', ')}`;
  return `is no file that Rapport knows: its first line reads ${headers.slice(0, 8).join(', ')}; ${hint}`;
}
