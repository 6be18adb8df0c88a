import type { FastifySchemaCompiler } from 'fastify';
import type { ZodType } from 'zod';
import { explain, type Problem as Fault, pointerTo } from '../domain/strict.ts';
import { type FieldError, unprocessable } from './problem.ts';

/** Checks each part of a request by its zod schema; what is wrong is told by pointer, all at once. */
export const checkBySchema: FastifySchemaCompiler<ZodType> = ({ schema }) => {
  return (data) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    return { error: unprocessable(errorsOf(explain(result.error.issues))) };
  };
};

/** What the domain found wrong, as the API tells it. */
export function errorsOf(faults: readonly Fault[]): FieldError[] {
  return faults.map(({ path, message, hint }) => ({
    pointer: pointerTo(path),
    message,
    ...(hint && { hint }),
  }));
}
