import type { KeptCase } from '../../data/cases.ts';
import type { Moments, Shown } from './moments.ts';
import { fill, type Words } from './words.ts';

/** How a case stands with its clock, in words, and whether that ran out. */
type ClockShown = { readonly clock: Shown; readonly overdue: string };

export function clockShown(one: KeptCase, { cases }: Words, moments: Moments, now: number): ClockShown {
  const at = one.clock.getTime();
  const isLate = one.state === 'open' && !one.history && at <= now;
  const text = fill(cases.clock[clockOf(one, isLate)], { when: moments.when(at), away: moments.away(at) });
  return { clock: moments.shown(at, text), overdue: isLate ? cases.overdue : '' };
}

function clockOf({ state, history, answeredAt }: KeptCase, isLate: boolean): keyof Words['cases']['clock'] {
  if (state === 'resolved') return 'resolved';
  if (history) return 'history';
  if (answeredAt) return isLate ? 'resolveLate' : 'resolve';
  return isLate ? 'answerLate' : 'answer';
}
