import type { Cause } from './journey.ts';
import type { Phase } from './phases.ts';
import type { Touch } from './playbook.ts';
import type { SkipReason, TouchOutcome } from './send.ts';

/** A task that nobody has done after so long is told of once more. */
const REMINDED_AFTER_MS = 3 * 86_400_000;

/** What a person of the team is to do for one customer: a touch `by: team`, in the place of a mail. */
export type TeamTask = {
  /** The send key, as of a mail: so it is given once. */
  readonly key: string;
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  /**
   * `open` until somebody has `done` it, or says that it `cannot` be. `skipped` was never given, and `moved` marks one
   * that was the merged customer's.
   */
  readonly state: 'open' | 'done' | 'cannot' | 'skipped' | 'moved';
  readonly reason?: SkipReason;
  readonly because: Cause;
  readonly phase: Phase;
  /** The version of the playbook by which it was given. */
  readonly playbook: number;
  /** When it was given, epoch milliseconds; logical in a time-lapse, as all its times. */
  readonly at: number;
  readonly closed?: Closing;
};

/** Who closed a task, when, and what they say of it. */
export type Closing = { readonly by: string; readonly at: number; readonly note?: string };

/** Thrown when somebody closes a task that is closed already, or was never given. */
export class TaskClosed extends Error {
  override readonly name = 'TaskClosed';
}

/** When the team is reminded of a task that is open still. */
export function remindedAt({ at }: Pick<TeamTask, 'at'>): number {
  return at + REMINDED_AFTER_MS;
}

/** What the journey hears of a task: that it was given. What a person makes of it changes nothing of that. */
export function outcomeOf({ state, reason }: Pick<TeamTask, 'state' | 'reason'>): TouchOutcome {
  switch (state) {
    case 'open':
    case 'done':
    case 'cannot':
      return { kind: 'done' };
    case 'skipped':
      return { kind: 'skipped', reason: reason ?? 'removed' };
    case 'moved':
      return { kind: 'skipped', reason: 'merged' };
  }
}

const SOMEBODY = { nl: 'deze klant', en: 'this customer' } as const;

/**
 * What is to be done, in words: the playbook's, or else the touch's name and whom it is for.
 *
 * @param touch as the playbook in force has it; absent: it has it no more
 */
export function todoOf(
  { touch: name }: Pick<TeamTask, 'touch'>,
  touch: Pick<Touch, 'todo'> | undefined,
  first: string | undefined,
  language: 'nl' | 'en',
): string {
  const who = first ?? SOMEBODY[language];
  const named = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return touch?.todo ? touch.todo[language].replaceAll('{first}', who) : `${named}: ${who}`;
}
