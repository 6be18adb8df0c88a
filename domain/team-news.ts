import type { CaseNews } from './case-news.ts';
import type { Trip } from './circuit-breaker.ts';

/** What the team is told by mail. It names what it tells of by ids alone: whose those are is looked up when it leaves. */
export type TeamNews =
  | { readonly about: 'paused'; readonly trip: Trip }
  | { readonly about: 'case'; readonly case: CaseNews }
  /** Tasks that were given just now, or have waited for days: their keys. */
  | { readonly about: 'tasks-given' | 'tasks-waiting'; readonly tasks: readonly string[] };
