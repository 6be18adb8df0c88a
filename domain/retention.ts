import type { Span } from './playbook.ts';
import type { Retained } from './retained.ts';
import { subtractSpan } from './span.ts';

/** How long each is kept unless the playbook says otherwise; docs/privacy.md gives the reasons. */
const DEFAULTS: Readonly<Record<Retained, Span>> = {
  written: { years: 3 },
  mails: { months: 13 },
  decisions: { months: 13 },
  requests: { years: 3 },
  inactive: { years: 5 },
};

/** How long each is kept, as a playbook says it. */
export type Retention = Readonly<Partial<Record<Retained, Span | 'for-ever' | undefined>>>;

/** What is older than this is not kept any more, epoch milliseconds; undefined: it is kept for ever. */
export function keptSince(kind: Retained, retention: Retention = {}, now: number): number | undefined {
  const span = retention[kind] ?? DEFAULTS[kind];
  return span === 'for-ever' ? undefined : subtractSpan(now, span, 'UTC');
}
