/** How a complaint came to us. */
export const VIAS = ['api', 'answer', 'form', 'reply', 'review', 'webhook'] as const;
export type Via = (typeof VIAS)[number];

/** How much it matters: what is high is looked at first. */
export const SEVERITIES = ['low', 'normal', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What was done about it: sent anew, paid back, mended, told why, or made up for with something extra. */
export const RESOLUTIONS = ['replace', 'refund', 'repair', 'explain', 'goodwill'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Types of events that are about a case, each with what it does there. */
export const CASE_EVENTS = {
  complaint: 'complaint',
  'complaint-resolved': 'resolution',
  'complaint-answered': 'answer',
  'complaint-reopened': 'reopening',
} as const;
