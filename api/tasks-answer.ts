import { z } from 'zod';
import { iso } from './journey-answer.ts';
import { cursorOf } from './sends-cursor.ts';
import type { ShownTask } from './tasks.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

const TaskAnswer = z.object({
  id: z.string().describe('names it in addresses'),
  key: z.string().describe('`<customerId>/<touch>/<occasion>`'),
  customerId: z.string(),
  touch: z.string(),
  occasion: z.string(),
  todo: z.string().describe('what is to be done, in words'),
  name: z.object({ first: z.string().nullable(), last: z.string().nullable() }).describe('whom it is for'),
  state: z.enum(['open', 'done', 'cannot']),
  at: Instant.describe('when it was given'),
  because: z.object({ type: z.string(), id: z.string(), at: Instant }),
  closed: z
    .object({ by: z.string(), at: Instant, note: z.string().nullable() })
    .nullable()
    .describe('who closed it; null: it is open'),
});

export const TasksAnswer = z.object({
  tasks: z.array(TaskAnswer),
  next: z.string().nullable().describe('`cursor` of the next page; null: there is none'),
});

/** A page of tasks, as the API tells it. */
export function tasksAnswer(shown: readonly ShownTask[], limit: number): z.output<typeof TasksAnswer> {
  const last = shown.length < limit ? undefined : shown.at(-1)?.task;
  return {
    tasks: shown.flatMap((one) => taskAnswer(one) ?? []),
    next: last === undefined ? null : cursorOf(last),
  };
}

function taskAnswer({ task, id, todo, customer }: ShownTask): z.output<typeof TaskAnswer> | undefined {
  const { key, customerId, touch, occasion, state, at, because, closed } = task;
  if (state === 'skipped' || state === 'moved') return undefined;
  const { first = null, last = null } = customer?.known.profile.name ?? {};
  return {
    ...{ id, key, customerId, touch, occasion, todo, name: { first, last }, state, at: iso(at) },
    because: { ...because, at: iso(because.at) },
    closed: closed ? { by: closed.by, at: iso(closed.at), note: closed.note ?? null } : null,
  };
}
