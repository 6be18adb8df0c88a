import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { resultsOf } from '../../domain/results.ts';
import { strict } from '../../domain/strict.ts';
import { REFUSALS } from '../answers.ts';
import { Day } from '../day.ts';
import type { ApiDeps } from '../deps.ts';
import { iso } from '../journey-answer.ts';
import { PhaseResults, resultAnswer, TouchResults } from '../results-answer.ts';

/** The mails of so long are counted where nobody says of when. */
const COUNTED_MS = 90 * 86_400_000;

const Query = strict({
  from: Day.optional().describe('mails due from this moment on; 90 days before `to` where it is not said'),
  to: Day.optional().describe('mails due before this moment; now where it is not said'),
  by: z.enum(['channel'], { error: 'is channel, or left out' }).optional(),
  playbook: z.coerce.number().int().min(1).optional().describe('only mails that this version decided'),
});

const DESCRIPTION =
  'What customers did within seven days after a mail was due, and what came through it. Where there is a holdout, orders ' +
  'are held beside those of customers who would have got the same: a difference of rates with its 95 % confidence interval ' +
  '(Newcombe 1998), each customer once. While that interval holds zero, or few are counted, it is too early to tell.';

const SCHEMA = { tags: ['results'], description: DESCRIPTION, querystring: Query };
const TOUCHES = {
  ...{ ...SCHEMA, summary: 'What came of the mails of each touch' },
  response: { 200: TouchResults, ...REFUSALS },
};
const PHASES = {
  ...{ ...SCHEMA, summary: 'What came of the mails in each phase' },
  response: { 200: PhaseResults, ...REFUSALS },
};
const READ = { scope: 'sending:read' } as const;

/** Where one sees what came of mails. */
export function resultsRoutes({
  countResults,
  clock,
}: Pick<ApiDeps, 'countResults' | 'clock'>): FastifyPluginAsyncZod {
  const counted = async (per: 'touch' | 'phase', { by, playbook, ...time }: z.output<typeof Query>) => {
    const now = clock.now();
    const { to = now } = time;
    const { from = to - COUNTED_MS } = time;
    const counts = await countResults({ per, from, to, playbook, now, byChannel: by === 'channel' });
    return { from: iso(from), to: iso(to), results: resultsOf(counts) };
  };

  return async (app) => {
    app.get('/v1/results/touches', { schema: TOUCHES, config: READ }, async ({ query }) => {
      const { results, ...window } = await counted('touch', query);
      const told = results.map((one) => ({ touch: one.name, kind: one.kind, ...resultAnswer(one) }));
      return { ...window, results: told };
    });
    app.get('/v1/results/phases', { schema: PHASES, config: READ }, async ({ query }) => {
      const { results, ...window } = await counted('phase', query);
      return { ...window, results: results.map((one) => ({ phase: one.name, ...resultAnswer(one) })) };
    });
  };
}
