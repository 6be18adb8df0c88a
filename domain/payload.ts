import { z } from 'zod';
import { Email, Locale } from './incoming-customer.ts';
import type { PayloadRead } from './reported.ts';
import { explain } from './strict.ts';

/** Longest text on one line that is kept, as for every event. */
const LONGEST_LINE = 256;

/** A part that may be absent, null, or not as documented: then it says nothing. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** An id: foreign numbers are kept as text. */
export const Id = z
  .union([z.string(), z.int()])
  .transform(String)
  .refine((id) => /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(id), 'is not an id');

/** Text on one line, cut where it is too long. */
export const Words = z
  .string()
  .transform((text) => text.replaceAll(/\p{Cc}+/gu, ' ').trim())
  .transform((text) => text.slice(0, LONGEST_LINE).toWellFormed().trim())
  .refine((text) => text !== '', 'is empty');

export const Mail = z.string().pipe(Email);

/** A language tag as shops write it, `nl-NL` or `nl_NL`. */
export const Language = z
  .string()
  .transform((tag) => tag.replaceAll('_', '-'))
  .pipe(Locale);

/** A decimal amount, as text or as a number. */
export const Amount = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => /^[+-]?\d{1,15}(\.\d*)?$/.test(text.trim()), 'is not an amount; it looks like "29.33"');

export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'is not a currency; use a code of ISO 4217 such as EUR');

/** A moment; where it tells no zone it is GMT. Kept in RFC 3339, UTC. */
export const Instant = z
  .string()
  .transform((text) => Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text.trim()) ? text : `${text}Z`))
  .refine((at) => Number.isFinite(at) && Math.abs(at) < 8e15, 'is not a time')
  .transform((at) => new Date(at).toISOString());

/** Reads a payload by its schema; what is not as documented is told by pointer. */
export function readPayload<Schema extends z.ZodType>(
  schema: Schema,
  payload: unknown,
  use: (told: z.output<Schema>) => PayloadRead,
): PayloadRead {
  const read = schema.safeParse(payload);
  return read.success ? use(read.data) : { kind: 'refused', problems: explain(read.error.issues) };
}

/** What is there of the parts. */
export function told<Parts extends object>(
  parts: Parts,
): { [Part in keyof Parts]?: Exclude<Parts[Part], undefined> };
export function told(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
