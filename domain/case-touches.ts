import { type ComplaintTerms, remindAfter } from './complaint-terms.ts';
import type { Touch } from './playbook.ts';

/** What those touches have in common: the customer, or the team, waits for them. */
const COMMON: Omit<Touch, 'name' | 'on'> = {
  ...{ after: {}, kind: 'service', topic: 'service' },
  ...{ cancelOn: [], again: false, priority: 100 },
};

/** What no touch of a playbook may be called. */
export const CASE_TOUCHES: readonly string[] = ['case-answer', 'case-clock'];

/**
 * The touches about cases, which no marketer writes: they stand on the agenda, are decided, explained and simulated as any other. An
 * answer to a complaint leaves as mail; a look at the clock of a case tells the team, if there is need to.
 */
export function caseTouches({
  complaints,
}: {
  readonly complaints?: ComplaintTerms | undefined;
}): readonly Touch[] {
  const after = remindAfter(complaints ? { complaints } : {});
  return [
    { ...COMMON, name: 'case-answer', on: 'complaint-answered' },
    { ...COMMON, name: 'case-clock', on: 'complaint', after, does: 'case-clock' },
  ];
}
