import { type Fields, fieldOf, readFields } from './fields.ts';

/** Parts behind which a report may end: what it returns, not what it says. */
const RETURNED = /rfc822|message\/(?:global(?:-headers)?|partial)|octet-stream|image\//i;

/**
 * Whether a mail ends before its report does: in the midst of a part that tells something. What is missing might
 * have said that the mailbox is full.
 *
 * @param text the mail, with lines ending in \n
 */
export function isCut(text: string, header: Fields, hasStatus: boolean): boolean {
  const [, quoted, plain] =
    /\bboundary\s{0,3}=\s{0,3}(?:"([^"\n]{1,200})"|([^\s";]{1,200}))/i.exec(contentType(header)) ?? [];
  const mark = `\n--${quoted ?? plain ?? ''}`;
  const last = mark.length > 3 ? text.lastIndexOf(mark) : -1;
  if (last < 0) return mark.length > 3;

  const rest = text.slice(last + mark.length);
  if (rest.startsWith('--')) return false;
  const part = contentType(readFields(rest.replace(/^[^\n]*\n/, '')));
  return part === '' ? !hasStatus : !RETURNED.test(part);
}

function contentType(fields: Fields): string {
  return fieldOf(fields, 'content-type');
}

/** A reply of several lines ends with one that has a space behind its code (RFC 5321 §4.2.1). */
export function endsInReply(text: string): boolean {
  const lines = text.slice(-1000).trimEnd().split('\n').slice(-2);
  const goesOn = lines.map((line) => /(?:^|[\s:])[45]\d\d-/.test(line));
  return goesOn[1] === true || (goesOn[0] === true && !text.endsWith('\n'));
}
