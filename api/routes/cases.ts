import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recoveryFigures } from '../../domain/recovery.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { CaseAnswer, CasesAnswer, caseRow } from '../case-answer.ts';
import { caseNamed, caseShown, recoveredIn } from '../case-shown.ts';
import { Day } from '../day.ts';
import type { ApiDeps } from '../deps.ts';
import { cursorOf, readCursor } from '../sends-cursor.ts';

const Query = strict({
  state: z.enum(['open', 'resolved', 'all'], { error: 'is open, resolved or all' }).default('open'),
  order: z
    .enum(['clock', 'newest'], { error: 'is clock or newest' })
    .default('clock')
    .describe('`clock`: by when something is wanted of the team, the most urgent first'),
  owner: z.string().min(1).max(200).optional(),
  customerId: z.string().min(1).max(64).optional().describe('our id of the customer'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
});

const Within = strict({ from: Day.optional(), to: Day.optional() });

const Params = z.object({
  id: z.string().max(300).describe('the complaint’s `source/id`, encoded: `shop%2Fc-1`'),
});

const READ = { scope: 'cases:read' } as const;

const LIST = {
  tags: ['cases'],
  summary: 'Complaints, by their clock',
  description:
    'Each complaint opens a case with its receipt, whatever the way it came by; from then on all marketing of its ' +
    'customer is held, until the last of their cases is resolved.',
  querystring: Query,
  response: { 200: CasesAnswer, ...REFUSALS },
};
const ONE = {
  tags: ['cases'],
  summary: 'One case, with what was done and the customer’s timeline',
  params: Params,
  response: { 200: CaseAnswer, ...REFUSALS },
};
const RECOVERY = {
  tags: ['cases'],
  summary: 'What came of complaints that were resolved',
  description:
    'By what was done about them: how many had an answer in time, whose customers ordered within 90 days, and the mean ' +
    'score before and after, of those who gave both. Too early: 90 days are not over, and there is no order yet.',
  querystring: Within,
  response: {
    200: z.object({
      recovery: z.array(
        z.object({
          resolution: z.string().describe('`untold`: nobody said'),
          ...{ cases: z.int(), inTime: z.int(), ordered: z.int(), tooEarly: z.int(), scored: z.int() },
          ...{ scoreBefore: z.number().nullable(), scoreAfter: z.number().nullable() },
        }),
      ),
    }),
    ...REFUSALS,
  },
};

type Deps = Pick<ApiDeps, 'cases' | 'customers' | 'events' | 'sends' | 'playbooks' | 'clock'>;

/** Where complaints are looked at. */
export function caseRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/cases', { schema: LIST, config: READ }, async ({ query: { limit, cursor, ...wanted } }) => {
      const mark = readCursor(cursor);
      const after = mark && { at: mark.at, id: mark.key };
      const { cases, next } = await deps.cases.list({ ...wanted, after }, limit);
      const now = deps.clock.now();
      return {
        cases: cases.map((one) => caseRow(one, now)),
        next: next ? cursorOf({ at: next.at, key: next.id }) : null,
      };
    });
    app.get('/v1/cases/recovery', { schema: RECOVERY, config: READ }, async ({ query }) => {
      return { recovery: [...recoveryFigures(await recoveredIn(deps, query))] };
    });
    app.get('/v1/cases/:id', { schema: ONE, config: READ }, async ({ params }) => {
      return caseShown(deps, await caseNamed(deps, params.id));
    });
  };
}
