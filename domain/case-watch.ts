import { drop, plan } from './agenda.ts';
import { type CaseLook, lookAt } from './case-clock.ts';
import type { CaseState } from './complaints.ts';
import type { Context, Course } from './course.ts';
import type { Customer } from './customer.ts';
import type { Task } from './journey.ts';
import type { Playbook } from './playbook.ts';
import type { TouchOutcome } from './send.ts';

/** Which time the clock of a case runs: the case, and of one that was opened again how often. */
function occasionOf({ id, turn }: CaseState): string {
  return turn === 0 ? id : `${id}/${turn}`;
}

/** The cases of a customer whose clock runs, by the occasion of its looks. */
function ticking({ known }: Customer): ReadonlyMap<string, CaseState> {
  const standing = (known.complaints.standing ?? []).filter(({ history }) => !history);
  return new Map(standing.map((state) => [occasionOf(state), state]));
}

/**
 * Sees to it that each open case has its clock on the agenda, and no other has: also of one that was opened again, that
 * came with a merge, or whose customer's journey had ended.
 */
export function keepClocks(course: Course, context: Context): Course {
  const clock = context.playbook.touches.find(({ does }) => does === 'case-clock');
  const { agenda } = course.journey;
  const open = ticking(context.customer);
  if (!clock || (open.size === 0 && agenda.every(({ touch }) => touch !== clock.name))) return course;

  const kept = drop(course, 'moot', ({ touch, occasion }) => touch === clock.name && !open.has(occasion));
  return [...open].reduce((planned, [occasion, { id, since }]) => {
    return plan(planned, clock, { occasion, because: { type: 'complaint', id, at: since } }, context);
  }, kept);
}

/** What a look at a case comes to: what the team is to be told of it, and when to look again. */
type Watched = {
  readonly alarm?: { readonly caseId: string; readonly turn: number } & NonNullable<CaseLook['tell']>;
  readonly outcome: TouchOutcome;
};

/**
 * Looks at a case at a moment, as it stands then: one that is resolved needs no look any more.
 *
 * @param at epoch milliseconds
 */
export function watchedCase(
  customer: Customer,
  { occasion }: Pick<Task, 'occasion'>,
  playbook: Playbook,
  at: number,
): Watched {
  const state = ticking(customer).get(occasion);
  if (!state || customer.erased || customer.mergedInto) return { outcome: { kind: 'done' } };

  const { tell, next } = lookAt(state, playbook, at);
  const outcome = { kind: 'postponed', until: next, reason: 'open-case' } as const;
  return tell ? { alarm: { caseId: state.id, turn: state.turn, ...tell }, outcome } : { outcome };
}
