import { z } from 'zod';

/** Enough for a stack, and short enough to be about the end. */
const LINES = 60;
const LONGEST = 300;

/** MongoDB's structured log: severity `E` or `F`. */
const FromMongo = z.object({
  s: z.enum(['E', 'F']),
  msg: z.string(),
  attr: z.object({ error: z.unknown() }).partial().optional(),
});
/** Our own: pino's levels from error on. */
const FromPino = z.object({
  level: z.number().min(50),
  msg: z.string(),
  err: z.object({ message: z.string() }).optional(),
});
/** What Node says of an error that nobody caught: its first line, above the stack. */
const THROWN = /^(?:Uncaught )?(?:\w*(?:Error|Failed|Failure|Config)\b.*)$/;

/** What a log says last of why it went wrong: its last error, otherwise its last line. */
export function lastWords(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-LINES).reverse();
  const error = lines.map(errorIn).find((words) => words !== undefined);
  return (error ?? lines[0] ?? '').slice(0, LONGEST) || 'it said nothing';
}

function errorIn(line: string): string | undefined {
  if (THROWN.test(line)) return line;
  if (!line.startsWith('{')) return undefined;
  const read = z.preprocess(parsed, FromMongo.or(FromPino)).safeParse(line);
  if (!read.success) return undefined;
  const { data } = read;
  if ('level' in data) return data.err ? `${data.msg}: ${data.err.message}` : data.msg;
  return data.attr?.error ? `${data.msg}: ${text(data.attr.error)}` : data.msg;
}

function parsed(line: unknown): unknown {
  try {
    return JSON.parse(String(line));
  } catch {
    return undefined;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
