import { z } from 'zod';
import { RESOLUTIONS } from './case-words.ts';
import { Line } from './incoming-customer.ts';
import { strict, wrong } from './strict.ts';

const Written = z.string().trim().min(1, 'is empty').max(10_000);
const by = Line.exactOptional().describe('who says so; the key is named too');
const id = z
  .string()
  .regex(/^[\w-]{1,40}$/, 'is not an id; use letters, digits, - and _')
  .exactOptional()
  .describe('the same for the same one: sent again it is not kept twice');

/** What the team keeps beside a case; the customer never sees it, unless they ask for all that is kept. */
export const CaseNoteRequest = strict({ text: Written, by, id });

/** Whose case it is; `null`: nobody's. */
export const CaseOwnerRequest = strict({
  owner: Line.nullable(),
  from: Line.exactOptional().describe('whose it is now, where it is to be taken over'),
});

/** An answer to the customer: mailed, or said to be given `elsewhere`, as by phone. */
export const CaseAnswerRequest = strict({
  text: Written,
  by,
  id,
  through: z.enum(['mail', 'elsewhere'], { error: wrong('is mail or elsewhere') }).default('mail'),
});

/** What was done about it. */
export const CaseResolveRequest = strict({
  resolution: z.enum(RESOLUTIONS, { error: wrong(`is not a resolution; known: ${RESOLUTIONS.join(', ')}`) }),
  text: Written.exactOptional().describe('for the team'),
  by,
});

/** Why a case is opened again. */
export const CaseReopenRequest = strict({ text: Written, by });
