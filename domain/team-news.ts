import type { CaseNews } from './case-news.ts';
import type { Trip } from './circuit-breaker.ts';
import type { PrivacyRequest } from './privacy-request.ts';

/** What the team is told by mail. It names what it tells of by ids alone: whose those are is looked up when it leaves. */
export type TeamNews =
  | { readonly about: 'paused'; readonly trip: Trip }
  | { readonly about: 'case'; readonly case: CaseNews }
  /** A request by law that waits for a person, by its id. */
  | { readonly about: PrivacyRequest['kind']; readonly request: string; readonly source: string }
  /** A pool of codes runs low. */
  | { readonly about: 'low-stock'; readonly pool: string; readonly total: number; readonly left: number }
  /** Tasks that were given just now, or have waited for days: their keys. */
  | { readonly about: 'tasks-given' | 'tasks-waiting'; readonly tasks: readonly string[] }
  /** Gifts that have waited for days to be sent: the keys of their grants. */
  | { readonly about: 'gifts-waiting'; readonly gifts: readonly string[] };
