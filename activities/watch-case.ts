import { watchedCase } from '../domain/case-watch.ts';
import type { Clock } from '../domain/clock.ts';
import type { Customer } from '../domain/customer.ts';
import { GRACE_MS } from '../domain/decide-next.ts';
import type { Task } from '../domain/journey.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { TouchOutcome } from '../domain/send.ts';

/** What the clock of a case has to tell. */
type CaseAlarms = {
  /** Tells the team and subscribers, once, unless the case was answered or resolved meanwhile. */
  give(
    alarm: {
      readonly caseId: string;
      readonly turn: number;
      readonly alarm: 'reminder' | 'escalated' | 'unresolved';
      readonly nth: number;
    },
    at: number,
  ): Promise<void>;
};

export type WatchCaseDeps = {
  readonly customers: { byId(id: string): Promise<Customer | undefined> };
  readonly caseAlarms: CaseAlarms;
  readonly playbook: (atLeast?: number) => Promise<Playbook>;
  /** The clock of this attempt. */
  readonly clock: () => Clock;
  /** In a time-lapse an attempt's moment is its task's `due`, however late it runs. */
  readonly lapse: boolean;
};

export function createWatchCase({ customers, caseAlarms, playbook, clock, lapse }: WatchCaseDeps) {
  /**
   * Looks whether a case still waits for an answer, or for its end, and tells the team what is due to be told. It
   * stays on the agenda until the case is resolved.
   *
   * @throws when MongoDB is out of reach; Temporal retries for some minutes, and nothing is told twice
   */
  return async function watchCase(task: Task): Promise<TouchOutcome> {
    const { now } = clock();
    const isLate = !lapse && now() - task.due > GRACE_MS;
    const at = isLate ? now() : task.due;
    const customer = await customers.byId(task.customerId);
    if (!customer) return { kind: 'done' };

    const { alarm, outcome } = watchedCase(customer, task, await playbook(task.playbook), at);
    if (alarm) await caseAlarms.give(alarm, at);
    return outcome;
  };
}
