import type { Receipt } from '../data/receive.ts';
import type { Customer } from '../domain/customer.ts';
import { sendRef } from '../domain/send-ref.ts';
import { TaskClosed, type TeamTask, todoOf } from '../domain/team-task.ts';
import type { ApiDeps } from './deps.ts';
import type { Language } from './pages/words.ts';
import { Problem } from './problem.ts';

type Deps = Pick<ApiDeps, 'customers' | 'teamTasks' | 'playbooks' | 'receiver' | 'clock'>;

/** Who closes a task, and what they say of it. */
export type ClosedBy = { readonly by: string; readonly note?: string };

/** A task, fit to be shown: in words, with whom it is for. */
export type ShownTask = {
  readonly task: TeamTask;
  /** Fit for an address: `<customerId>.<ref>`. */
  readonly id: string;
  readonly todo: string;
  readonly customer: Customer | undefined;
};

export async function shownTask(task: TeamTask, deps: Deps, language: Language): Promise<ShownTask> {
  const [customer, playbook] = await Promise.all([
    deps.customers.find(task.customerId),
    deps.playbooks.current(),
  ]);
  const touch = playbook?.touches.find(({ name }) => name === task.touch);
  const id = `${task.customerId}.${sendRef(task.key)}`;
  return { task, id, todo: todoOf(task, touch, customer?.known.profile.name?.first, language), customer };
}

/**
 * Closes a task as somebody says: it is done, or cannot be. Its event and the task change together, once, however many
 * say so at once.
 *
 * @param named its `id` of the list, or its key
 * @throws Problem 404 when there is no such task, 409 when it is closed
 */
export async function closeTask(
  deps: Deps,
  named: string,
  state: 'done' | 'cannot',
  said: ClosedBy,
): Promise<Receipt> {
  const task = await taskNamed(deps, named);
  const closed = { ...said, at: deps.clock.now() };
  const { touch, occasion, key } = task;
  const { note, by } = said;
  const data = { touch, occasion, by, ...(note !== undefined && { text: note }) };
  const event = { type: `task-${state}`, at: closed.at, data };
  const along: Parameters<Deps['receiver']['receiveOwn']>[3] = (session) =>
    deps.teamTasks.close(key, state, closed, session);
  try {
    return await deps.receiver.receiveOwn(task.customerId, event, undefined, along);
  } catch (error) {
    if (error instanceof TaskClosed) throw new Problem(409, 'this task is closed already');
    throw error;
  }
}

async function taskNamed({ customers, teamTasks }: Deps, named: string): Promise<TeamTask> {
  const [customerId = '', ref = ''] = named.split('.');
  const isKey = named.includes('/');
  const customer = await customers.find(isKey ? (named.split('/')[0] ?? '') : customerId);
  const task = customer && !customer.erased && (await teamTasks.find(customer.id, isKey ? named : ref));
  if (!task) throw new Problem(404, 'there is no such task');
  return task;
}
