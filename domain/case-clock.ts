import { type CaseGround, escalatesAt, remindAfter, UNRESOLVED_AFTER } from './complaint-terms.ts';
import type { CaseState } from './complaints.ts';
import type { Span } from './playbook.ts';
import { addSpan } from './span.ts';

const AGAIN: Span = { weeks: 1 };

/** What the team is told by the clock of a case. */
type CaseAlarm = 'reminder' | 'escalated' | 'unresolved';

/** What a look at a case comes to. */
export type CaseLook = {
  /** What is to be told now, and the how-manieth of its kind it is, from 1. */
  readonly tell?: { readonly alarm: CaseAlarm; readonly nth: number };
  /** When to look again. */
  readonly next: number;
};

/**
 * Looks at an open case: the last moment of its clock that has passed is told, those before it are not told any more.
 *
 * @param at epoch milliseconds
 */
export function lookAt(state: CaseState, ground: CaseGround, at: number): CaseLook {
  const told = momentsOf(state, ground).filter((moment) => moment.at <= at);
  const last = told.at(-1);
  if (last?.alarm === 'unresolved') return weekly(last.at, ground, at);
  const next = momentsOf(state, ground).find((moment) => moment.at > at)?.at ?? Infinity;
  return last ? { tell: { alarm: last.alarm, nth: 1 }, next } : { next };
}

type Moment = { readonly at: number; readonly alarm: CaseAlarm };

/** The moments of a case's clock, in order; of one that is answered the last alone. */
function momentsOf({ since, answeredAt }: CaseState, ground: CaseGround): readonly Moment[] {
  const zone = ground.shop.timeZone;
  const unresolved = { at: resolveBy(since, ground), alarm: 'unresolved' } as const;
  if (answeredAt !== undefined) return [unresolved];
  const waiting: readonly Moment[] = [
    { at: addSpan(since, remindAfter(ground), zone), alarm: 'reminder' },
    { at: escalatesAt(since, ground), alarm: 'escalated' },
  ];
  return [...waiting, unresolved].sort((a, b) => a.at - b.at);
}

/** From when on a case has been open for too long, by the shop's calendar. */
export function resolveBy(since: number, { shop }: Pick<CaseGround, 'shop'>): number {
  return addSpan(since, UNRESOLVED_AFTER, shop.timeZone);
}

/** From `first` on, each week once. */
function weekly(first: number, { shop }: CaseGround, at: number): CaseLook {
  let nth = 1;
  let next = addSpan(first, AGAIN, shop.timeZone);
  while (next <= at) {
    nth += 1;
    next = addSpan(next, AGAIN, shop.timeZone);
  }
  return { tell: { alarm: 'unresolved', nth }, next };
}
