import { type ComplaintTerms, remindAfter } from './complaint-terms.ts';
import { LINK_ASKED } from './fresh-link.ts';
import type { Touch } from './playbook.ts';

/** What those touches have in common: the customer, or the team, waits for them. */
const COMMON: Omit<Touch, 'name' | 'on'> = {
  ...{ after: {}, kind: 'service', topic: 'service' },
  ...{ cancelOn: [], again: false, priority: 100 },
};

/** What no touch of a playbook may be called. */
export const OWN_TOUCHES: readonly string[] = ['case-answer', 'case-clock', 'fresh-link'];

/**
 * The touches that no marketer writes: they stand on the agenda, are decided, explained and simulated as any other. An
 * answer to a complaint leaves as mail, and so does the link that somebody asked for, while they wait for it; a look at
 * the clock of a case tells the team, if there is need to.
 */
export function ownTouches({
  complaints,
}: {
  readonly complaints?: ComplaintTerms | undefined;
}): readonly Touch[] {
  const after = remindAfter(complaints ? { complaints } : {});
  return [
    { ...COMMON, name: 'case-answer', on: 'complaint-answered' },
    { ...COMMON, name: 'case-clock', on: 'complaint', after, does: 'case-clock' },
    { ...COMMON, name: 'fresh-link', on: LINK_ASKED, oncePer: { hours: 1 }, expires: { days: 1 } },
  ];
}
