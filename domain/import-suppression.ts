import { deliverable, isEmail } from './identity.ts';
import { momentIn } from './import-cells.ts';
import type { ImportContext, Line, RowProblem, RowsRead } from './import-row.ts';
import { checkTime } from './moment.ts';

/** The longest reason that is kept, letters. */
const LONGEST_REASON = 64;

/** Reads an address that is never to be written to again. */
export function readSuppression({ line, row }: Line, context: ImportContext): RowsRead {
  const { email = '', reason = 'imported', at: told } = row;
  const at = told === undefined ? context.writtenAt : Date.parse(momentIn(told, context.timeZone));
  const problem = problemOf(email, at, context.now);
  if (problem) return { kind: 'rejected', problems: [{ line, ...problem }] };

  const suppression = { email: deliverable(email), reason: wordOf(reason), at };
  return { kind: 'read', events: [], suppressions: [suppression] };
}

function problemOf(email: string, at: number, now: number): Omit<RowProblem, 'line'> | undefined {
  if (email === '') return { column: 'email', message: 'is required' };
  if (!isEmail(email)) {
    return { column: 'email', message: 'is not an e-mail address', hint: 'it looks like an@example.com' };
  }
  if (Number.isNaN(at)) {
    return { column: 'at', message: 'is not a time', hint: 'write it as 2026-11-22T10:00:00Z or 2026-11-22' };
  }
  const late = checkTime(at, now);
  return late ? { column: 'at', message: late } : undefined;
}

/** A reason as one word: `Hard Bounce` becomes `hard-bounce`. */
function wordOf(reason: string): string {
  const word = reason.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return word.replaceAll(/^-+|-+$/g, '').slice(0, LONGEST_REASON) || 'imported';
}
