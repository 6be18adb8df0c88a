import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { closeTask, type ShownTask, shownTask } from '../tasks.ts';
import { refuseForeign } from './foreign.ts';
import { momentsIn } from './moments.ts';
import { nameOf } from './person.ts';
import type { Show } from './show.ts';
import { becauseOf, touchName, voiceFor, zoneOf } from './voice.ts';
import { capital, fill, type Language, languageOf, WORDS } from './words.ts';

/** How many one page shows: the oldest. */
const SHOWN = 50;

const Form = z.object({
  what: z.enum(['done', 'cannot']),
  by: z.string().trim().max(100).default(''),
  note: z.string().trim().max(200).default(''),
});
const Params = z.object({ id: z.string().max(400) });
const Told = z.looseObject({ told: z.enum(['done', 'known']).optional() });

type Deps = Pick<ApiDeps, 'customers' | 'teamTasks' | 'playbooks' | 'receiver' | 'clock' | 'settings'>;

/** The page of what the team is to do. A look changes nothing: only its buttons do. */
export function tasksPageRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/tasks', { schema: { querystring: Told, hide: true } }, async (request, reply) => {
      const language = languageOf(request);
      const { title, told } = WORDS[language].tasks;
      const { told: what } = request.query;
      const tasks = await deps.teamTasks.list('open', SHOWN + 1);
      const shown = await Promise.all(tasks.slice(0, SHOWN).map((task) => shownTask(task, deps, language)));
      return show(request, reply, {
        ...{ view: 'tasks', title, told: what ? told[what] : '', isMore: tasks.length > SHOWN },
        rows: await Promise.all(shown.map((one) => rowOf(one, deps, language))),
      });
    });

    app.post('/tasks/:id', { schema: { params: Params, body: Form, hide: true } }, async (request, reply) => {
      refuseForeign(request, deps);
      const { what, by, note } = request.body;
      const said = { by: by || WORDS[languageOf(request)].tasks.page, ...(note && { note }) };
      const told = await press(closeTask(deps, request.params.id, what, said));
      return reply.redirect(`/tasks?told=${told}`, 303);
    });
  };
}

/** That somebody was quicker is told, and no fault. */
async function press(closing: Promise<unknown>): Promise<'done' | 'known'> {
  try {
    await closing;
    return 'done';
  } catch (error) {
    if (error instanceof Problem && error.statusCode === 409) return 'known';
    throw error;
  }
}

async function rowOf({ task, id, todo, customer }: ShownTask, deps: Deps, language: Language) {
  const words = WORDS[language];
  const playbook = await deps.playbooks.current();
  const now = deps.clock.now();
  const moments = momentsIn(language, customer ? zoneOf(customer, playbook) : 'UTC', now);
  const because = customer
    ? becauseOf(voiceFor(language, { customer, events: [], playbook, now }), task.because, task)
    : '';
  return {
    ...{ id, todo, customerId: task.customerId, touch: touchName(words, task.touch) },
    name: customer ? nameOf(customer, words) : words.page.somebody,
    when: moments.shown(task.at, moments.when(task.at)),
    because: because && `${capital(because)}.`,
    byLabel: fill(words.tasks.by, { todo }),
    noteLabel: fill(words.tasks.note, { todo }),
  };
}
