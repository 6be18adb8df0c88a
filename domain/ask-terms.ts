import { z } from 'zod';
import { ASK_POLICY, type AskPolicy } from './ask-cap.ts';
import { CalendarDays } from './playbook-terms.ts';
import { strict } from './strict.ts';

/** How often anything is asked, and for how long it may be answered: `{ max: 1, per: 30 days, nps: 180 days }`. */
export const AskTerms = strict({
  max: z.int().min(1).max(1_000).default(ASK_POLICY.max),
  per: CalendarDays.exactOptional(),
  nps: CalendarDays.exactOptional(),
  answerWithin: CalendarDays.exactOptional(),
}).transform(
  ({ max, per, ...others }): AskPolicy => ({ ...ASK_POLICY, ...others, max, ...(per && { days: per }) }),
);
