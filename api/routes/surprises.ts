import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Name } from '../../domain/playbook-terms.ts';
import { strict } from '../../domain/strict.ts';
import { ChooseRequest } from '../../domain/surprise-requests.ts';
import { REFUSALS } from '../answers.ts';
import { type ChoosingDeps, ChosenAnswer, choose, foreseen } from '../choosing-customers.ts';
import { Problem } from '../problem.ts';
import { SurprisesAnswer, surprisesAnswer } from '../surprise-answer.ts';

const LIST = {
  tags: ['surprises'],
  summary: 'Every surprise, with what is left of its budgets and codes',
  response: { 200: SurprisesAnswer, ...REFUSALS },
};
const CHOOSE = {
  tags: ['surprises'],
  summary: 'Give a surprise to chosen customers',
  description:
    'Each of them gets an appointment, which is held, capped and mailed as any other; a budget’s spread over its days ' +
    'is left out, its amount is not. `?dry-run=true` shows what it takes first, and changes nothing. The same ' +
    '`request` again chooses nobody twice.',
  params: strict({ name: Name }),
  querystring: strict({ 'dry-run': z.enum(['true', 'false']).default('false') }),
  body: ChooseRequest,
  response: { 200: ChosenAnswer, 202: ChosenAnswer, ...REFUSALS },
};
const PROGRESS = {
  tags: ['surprises'],
  summary: 'How far a request of chosen customers is',
  params: strict({ name: Name, request: z.string().max(40) }),
  response: {
    200: z.object({
      chosen: z.int(),
      given: z.int().describe('who has it'),
      notGiven: z.record(z.string(), z.int()).describe('by why not'),
      waiting: z.int().describe('who is to get it yet'),
    }),
    ...REFUSALS,
  },
};

/** Where a marketer sees what is left to give, and gives it to whom they choose. */
export function surpriseRoutes(deps: ChoosingDeps): FastifyPluginAsyncZod {
  const read = { scope: 'surprises:read' } as const;
  return async (app) => {
    app.get('/v1/surprises', { schema: LIST, config: read }, async () => {
      return surprisesAnswer(await deps.playbooks.current(), deps.clock.now(), deps);
    });
    app.post(
      '/v1/surprises/:name/grants',
      { schema: CHOOSE, config: { scope: 'surprises:write' } },
      async ({ params, query, body, keyName }, reply) => {
        const dryRun = query['dry-run'] === 'true';
        if (dryRun) return { ...(await foreseen(deps, params.name, body)).answer, dryRun };
        return reply.code(202).send({ ...(await choose(deps, params.name, body, keyName)), dryRun });
      },
    );
    app.get('/v1/surprises/:name/grants/:request', { schema: PROGRESS, config: read }, async ({ params }) => {
      const progress = await deps.chosen.progress(params.name, params.request);
      if (!progress) throw new Problem(404, 'nobody was chosen by this request');
      return progress;
    });
  };
}
