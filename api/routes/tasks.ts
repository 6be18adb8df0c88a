import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CannotRequest, DoneRequest } from '../../domain/requests.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS, Receipt } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { readCursor } from '../sends-cursor.ts';
import { type ClosedBy, closeTask, shownTask } from '../tasks.ts';
import { TasksAnswer, tasksAnswer } from '../tasks-answer.ts';

const Query = strict({
  state: z.enum(['open', 'done', 'cannot'], { error: 'is open, done or cannot' }).default('open'),
  lang: z.enum(['nl', 'en']).default('en').describe('the language of `todo`'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
});

const Params = z.object({
  id: z.string().max(400).describe('`id` of the list, or the key, percent-encoded'),
});

const READ = { scope: 'tasks:read' } as const;
const WRITE = { scope: 'tasks:write' } as const;

const LIST = {
  tags: ['tasks'],
  summary: 'What people of the team are to do for customers',
  description:
    'Touches `by: team`: a card to write, a call to make. Those that are open the oldest first; others the latest first.',
  querystring: Query,
  response: { 200: TasksAnswer, ...REFUSALS },
};
const DONE = {
  tags: ['tasks'],
  summary: 'Say that a task is done',
  description: 'Once: who comes second gets a 409. It is kept as an event `task-done`, with who said so.',
  params: Params,
  body: DoneRequest,
  response: { 202: Receipt, ...REFUSALS },
};
const CANNOT = {
  ...DONE,
  summary: 'Say that a task cannot be done',
  description:
    'Once: who comes second gets a 409. It is kept as an event `task-cannot`, with who said so, and why.',
  body: CannotRequest,
};

type Deps = Pick<ApiDeps, 'customers' | 'teamTasks' | 'playbooks' | 'receiver' | 'clock'>;

/** What the team is to do, and what they say of it. */
export function taskRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/tasks', { schema: LIST, config: READ }, async ({ query }) => {
      const { state, lang, limit, cursor } = query;
      const tasks = await deps.teamTasks.list(state, limit, readCursor(cursor));
      return tasksAnswer(await Promise.all(tasks.map((task) => shownTask(task, deps, lang))), limit);
    });
    app.post('/v1/tasks/:id/done', { schema: DONE, config: WRITE }, async (request, reply) => {
      const { note, by } = request.body ?? {};
      const receipt = await closeTask(deps, request.params.id, 'done', saidBy(request, note, by));
      return reply.code(202).send(receipt);
    });
    app.post('/v1/tasks/:id/cannot', { schema: CANNOT, config: WRITE }, async (request, reply) => {
      const { because, by } = request.body;
      const receipt = await closeTask(deps, request.params.id, 'cannot', saidBy(request, because, by));
      return reply.code(202).send(receipt);
    });
  };
}

/** A key is known by its name; a person is only said to use it. */
function saidBy({ keyName }: FastifyRequest, note: string | undefined, by: string | undefined): ClosedBy {
  return { by: by === undefined ? keyName : `${by} (${keyName})`, ...(note !== undefined && { note }) };
}
