import type { ApiDeps } from '../../api/deps.ts';
import { sendRef } from '../../domain/send-ref.ts';
import type { TeamTask } from '../../domain/team-task.ts';
import { CUSTOMER_ID, NOON } from './builders.ts';

/** A card that is to be written. */
export function aTeamTask(task: Partial<TeamTask> = {}): TeamTask {
  const [customerId, touch, occasion] = [CUSTOMER_ID, 'handwritten', '1'];
  return {
    key: `${task.customerId ?? customerId}/${task.touch ?? touch}/${task.occasion ?? occasion}`,
    ...{ customerId, touch, occasion, state: 'open', phase: 'relationship', playbook: 1, at: NOON },
    because: { type: 'anniversary', id: 'rapport/anniversary-1', at: NOON },
    ...task,
  };
}

/** The tasks of a world, as they stand. */
export function fakeTeamTasks(tasks: readonly TeamTask[]): ApiDeps['teamTasks'] {
  const open = tasks.filter(({ state }) => state === 'open');
  return {
    find: async (_id, named) => tasks.find(({ key }) => key === named || sendRef(key) === named),
    list: async (state, limit, after) =>
      tasks.filter((task) => task.state === state && (!after || task.at > after.at)).slice(0, limit),
    countOpen: async () => open.length,
    close: async () => {},
  };
}
