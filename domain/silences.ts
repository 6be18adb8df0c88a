import type { Known, Marks } from './customer.ts';
import type { StoredEvent } from './event.ts';
import { latest, replaces } from './precedence.ts';

/** Marks what silences a customer, and what begins anew. */
export function foldSilences(marks: Marks, { type, at, data }: StoredEvent): Marks {
  switch (type) {
    case 'pause': {
      const told = { at, ...(data?.until === undefined ? {} : { until: data.until }) };
      return replaces(told, marks.paused) ? { ...marks, paused: told } : marks;
    }
    case 'resume':
      return { ...marks, resumedAt: latest(marks.resumedAt, at) };
    case 'end':
      return { ...marks, endedAt: latest(marks.endedAt, at) };
    case 'start':
    case 'purchase':
    case 'sign-up':
      return { ...marks, begunAt: latest(marks.begunAt, at) };
    default:
      return marks;
  }
}

/** What silences now. Of a pause and a resumption, or an end and a beginning, at one moment the silence holds. */
export function silencesOf({ paused, resumedAt, endedAt, begunAt }: Marks): Pick<Known, 'pause' | 'ended'> {
  const isPaused = paused !== undefined && paused.at >= (resumedAt ?? paused.at);
  const isEnded = endedAt !== undefined && endedAt >= (begunAt ?? endedAt);
  return { ...(isPaused ? { pause: pauseOf(paused) } : {}), ...(isEnded ? { ended: true } : {}) };
}

function pauseOf({ until }: { readonly until?: number }): Known['pause'] & {} {
  return until === undefined ? {} : { until };
}
