import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { StartMailRequest, StopMailRequest } from '../../domain/requests.ts';
import { REFUSALS, SendingAnswer } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { sendingAnswer, startMail, stopMail } from '../stopping.ts';

type Deps = Pick<ApiDeps, 'sending'>;

const READ = { scope: 'sending:read' } as const;
const WRITE = { scope: 'sending:write' } as const;

const ABOUT = { tags: ['sending'], response: { 200: SendingAnswer, ...REFUSALS } };
const TELL = { ...ABOUT, summary: 'Does mail leave?' };
const STOP = {
  ...ABOUT,
  summary: 'Stop mail, at once and everywhere',
  description:
    'Service mail too, unless `only` is `marketing`. What comes due meanwhile waits; nothing is lost. Stopping what is stopped changes nothing.',
  body: StopMailRequest,
};
const START = {
  ...ABOUT,
  summary: 'Let mail leave again',
  description:
    'What waited is planned anew, spread over some time so that there is no burst; what is past its `expires` is skipped. Where marketing was paused before all mail was stopped, it stays paused: the answer says so, and asking once more starts it.',
  body: StartMailRequest,
};

/** The emergency brake: whether mail leaves at all. */
export function sendingRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/sending', { schema: TELL, config: READ }, async () => sendingAnswer(deps));

    app.post('/v1/sending/stop', { schema: STOP, config: WRITE }, async ({ body }) => {
      return stopMail(deps, { ...body, by: 'api' });
    });
    app.post('/v1/sending/start', { schema: START, config: WRITE }, async ({ body }) => {
      return startMail(deps, { ...body, by: 'api' });
    });
  };
}
