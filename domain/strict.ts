import { z } from 'zod';
import { didYouMean } from './suggest.ts';

/** What is wrong with one value of what came in, where, and what helps. */
export type Problem = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint?: string;
};

/** An issue of zod, as far as it is explained; fastify's copies of them fit too. */
type Issue = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
};

/** An object schema that refuses unknown keys, each with a suggestion. */
export function strict<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, known) : undefined),
  });
}

/** The words for a value that is present and wrong; an absent one is said to be required. */
export function wrong(message: string): (issue: { readonly input?: unknown }) => string | undefined {
  return (issue) => (issue.input === undefined ? undefined : message);
}

/**
 * Says what is wrong in words, with the hint apart.
 *
 * Our own messages read `what is wrong; what helps`; an issue of several unknown keys has a line for each.
 */
export function explain(issues: readonly Issue[]): Problem[] {
  return issues.flatMap(({ path, message, keys }) =>
    message.split('\n').map((line, i) => {
      const key = keys?.[i];
      return { path: key === undefined ? path : [...path, key], ...worded(line) };
    }),
  );
}

/** A JSON pointer (RFC 6901) to where a problem is. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys
    .map((key) => {
      const hint = didYouMean(key, known);
      return `unknown key ${JSON.stringify(key)}${hint ? `; ${hint}` : ''}`;
    })
    .join('\n');
}

function worded(line: string): { readonly message: string; readonly hint?: string } {
  const message = line.endsWith('received undefined') ? 'is required' : line.replace(/^Invalid input: /, '');
  const split = message.indexOf('; ');
  return split < 0 ? { message } : { message: message.slice(0, split), hint: message.slice(split + 2) };
}
