import { watchedCase } from '../domain/case-watch.ts';
import type { Customer } from '../domain/customer.ts';
import type { Task } from '../domain/journey.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { TouchOutcome } from '../domain/send.ts';
import { type MomentDeps, momentOf } from './moment.ts';

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

export type WatchCaseDeps = MomentDeps & {
  readonly customers: { byId(id: string): Promise<Customer | undefined> };
  readonly caseAlarms: CaseAlarms;
  readonly playbook: (atLeast?: number) => Promise<Playbook>;
};

export function createWatchCase({ customers, caseAlarms, playbook, ...clocks }: WatchCaseDeps) {
  /**
   * Looks whether a case still waits for an answer, or for its end, and tells the team what is due to be told. It
   * stays on the agenda until the case is resolved.
   *
   * @throws when MongoDB is out of reach; Temporal retries for some minutes, and nothing is told twice
   */
  return async function watchCase(task: Task): Promise<TouchOutcome> {
    const at = momentOf(task, clocks);
    const customer = await customers.byId(task.customerId);
    if (!customer) return { kind: 'done' };

    const { alarm, outcome } = watchedCase(customer, task, await playbook(task.playbook), at);
    if (alarm) await caseAlarms.give(alarm, at);
    return outcome;
  };
}
