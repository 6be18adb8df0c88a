import type { Taking, teamTasks } from '../data/team-tasks.ts';
import type { Refusal } from '../domain/contact-policy.ts';
import type { Customer } from '../domain/customer.ts';
import { whatItDoes } from '../domain/does.ts';
import type { Task } from '../domain/journey.ts';
import type { Playbook } from '../domain/playbook.ts';
import { forgetBefore, type Outgoing, placeOf, refusalOf, takesPlace } from '../domain/proposal.ts';
import { sendKey, type TouchOutcome } from '../domain/send.ts';
import type { TeamTask } from '../domain/team-task.ts';
import { type AdmissionDeps, type Customers, customerOf, stopOf } from './admission.ts';
import { type MomentDeps, momentOf } from './moment.ts';

export type GiveTaskDeps = Pick<AdmissionDeps, 'sending'> &
  MomentDeps & {
    readonly customers: Pick<Customers, 'byId'>;
    readonly teamTasks: Pick<typeof teamTasks, 'outcome' | 'settle'>;
    readonly playbook: (atLeast?: number) => Promise<Playbook>;
  };

export function createGiveTask(deps: GiveTaskDeps) {
  /**
   * Gives a person of the team something to do for a customer, once.
   *
   * The checks are those of a mail, but for an address and consent to mail; whatever was answered `202` before the task
   * is kept wins. Asked again it answers what stands.
   *
   * @throws when MongoDB is out of reach; Temporal retries for some minutes, then the journey hears of it
   */
  return async function giveTask(task: Task): Promise<TouchOutcome> {
    const standing = await deps.teamTasks.outcome(sendKey(task));
    if (standing) return standing;

    const playbook = await deps.playbook(task.playbook);
    const touch = playbook.touches.find(({ name }) => name === task.touch);
    if (!touch) return { kind: 'skipped', reason: 'removed' };
    if (whatItDoes(touch) !== 'team-task') return { kind: 'failed', type: 'PlaybookChanged' }; // planned anew by then
    return attempts({ task, touch, playbook, at: momentOf(task, deps) }, deps);
  };
}

/** Tries until the customer is, as it is kept, who they were as it was decided. */
async function attempts(outgoing: Outgoing, deps: GiveTaskDeps): Promise<TouchOutcome> {
  const { serverTime } = deps.clock();
  for (;;) {
    const outcome = await attempt(outgoing, serverTime(), deps);
    if (outcome) return outcome;
  }
}

/** One attempt; nothing where the customer changed meanwhile. */
async function attempt(
  outgoing: Outgoing,
  serverTime: number,
  deps: GiveTaskDeps,
): Promise<TouchOutcome | undefined> {
  const customer = await customerOf(outgoing, deps.customers);
  const refusal = refusalOf(outgoing, customer);
  if (refusal && (refusal.kind === 'postponed' || refusal.reason === 'erased')) return refusal;
  const stopped = takesPlace(refusal) && (await stopOf(outgoing, deps));
  if (stopped) return stopped;
  const taking = takesPlace(refusal) ? takingOf(outgoing, customer) : undefined;
  return deps.teamTasks.settle(taskOf(outgoing, refusal), taking, serverTime);
}

function taskOf({ task, at }: Outgoing, refusal: Refusal | undefined): TeamTask {
  const { customerId, touch, occasion, because, phase, playbook } = task;
  const given = { customerId, touch, occasion, because, phase, playbook, at };
  const key = sendKey(task);
  return refusal?.kind === 'skipped'
    ? { key, ...given, state: 'skipped', reason: refusal.reason }
    : { key, ...given, state: 'open' };
}

function takingOf(outgoing: Outgoing, { n, contact: { version }, suppressed }: Customer): Taking {
  return {
    seen: { n, version, suppressed },
    place: placeOf(outgoing),
    forgetBefore: forgetBefore(outgoing),
  };
}
