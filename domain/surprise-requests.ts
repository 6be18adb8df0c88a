import { z } from 'zod';
import { Line } from './incoming-customer.ts';
import { Name } from './playbook-terms.ts';
import { strict } from './strict.ts';

/** Most customers that one request names. */
const MOST_CHOSEN = 500;
/** Most codes that one upload brings. */
const MOST_CODES = 10_000;

/** Surprises chosen customers; `request` names it, so that it is done once however often it is sent. */
export const ChooseRequest = strict({
  request: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._-]{0,39}$/,
      'is not a name; use lower case, digits, . _ and -, as in autumn-2026',
    ),
  customers: z.array(Line).min(1).max(MOST_CHOSEN),
  touch: Name.exactOptional(),
});
export type ChooseRequest = z.output<typeof ChooseRequest>;

/** A code as customers type it in. */
const Code = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,64}$/, 'is not a code; use at most 64 letters, digits and signs, without spaces');

/** Codes for a pool. */
export const CodesUpload = strict({ codes: z.array(Code).min(1).max(MOST_CODES) });
