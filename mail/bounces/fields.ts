/** Header fields by lower-case name, each with its values in order, unfolded. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** A field's name as mailers write it; some put a space before the colon. */
const FIELD = /^([!-9;-~]{1,80})[ \t]{0,3}:(.*)$/;

/**
 * Reads the fields at the top of a text, up to its first line that is neither a field nor the continuation of one.
 *
 * @see RFC 5322 §2.2
 */
export function readFields(text: string): Fields {
  const fields = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of text.split('\n')) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (last && /^[ \t]/.test(line) && line.trim()) append(last, line.trim());
    else if (name === undefined || value === undefined) break;
    else last = add(fields, name.toLowerCase(), value.trim());
  }
  return fields;
}

/** How long a field may grow, characters; what is beyond tells nothing. */
const LONGEST = 20_000;

function append(values: string[], more: string): void {
  const value = values.pop() ?? '';
  values.push(value.length > LONGEST ? value : `${value} ${more}`.trim());
}

function add(fields: Map<string, string[]>, name: string, value: string): string[] {
  const values = fields.get(name) ?? [];
  values.push(value);
  fields.set(name, values);
  return values;
}

/** The first value of the first of these fields that is there; empty if none is. */
export function fieldOf(fields: Fields, ...names: readonly string[]): string {
  for (const name of names) {
    const value = fields.get(name)?.find(Boolean);
    if (value) return value;
  }
  return '';
}
