import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CaseAnswerRequest,
  CaseNoteRequest,
  CaseOwnerRequest,
  CaseReopenRequest,
  CaseResolveRequest,
} from '../../domain/case-requests.ts';
import { REFUSALS } from '../answers.ts';
import { CaseAnswer } from '../case-answer.ts';
import { caseShown } from '../case-shown.ts';
import { answerCase, noteCase, ownCase, reopenCase, resolveCase } from '../casework.ts';
import type { ApiDeps } from '../deps.ts';

const ABOUT = {
  tags: ['cases'],
  params: z.object({
    id: z.string().max(300).describe('the complaint’s `source/id`, encoded: `shop%2Fc-1`'),
  }),
  response: { 200: CaseAnswer, ...REFUSALS },
};

const NOTE = { ...ABOUT, summary: 'Note something beside a case', body: CaseNoteRequest };
const OWNER = {
  ...ABOUT,
  summary: 'Say whose case it is',
  description: 'A case that is somebody’s is taken over only where `from` names them: else 409.',
  body: CaseOwnerRequest,
};
const ANSWER = {
  ...ABOUT,
  summary: 'Answer the customer',
  description:
    'The text is mailed as service mail, in a letter signed by the shop; `elsewhere`: it was said by phone, and nothing is ' +
    'mailed. The first answer stops the clock. The same text, or the same `id`, is answered once.',
  body: CaseAnswerRequest,
};
const RESOLVE = {
  ...ABOUT,
  summary: 'Resolve a case',
  description:
    'Once their last case is resolved, marketing of the customer goes on, without a burst. 409 when somebody else ' +
    'resolved it.',
  body: CaseResolveRequest,
};
const REOPEN = {
  ...ABOUT,
  summary: 'Open a resolved case again',
  description: 'Its clock begins anew, and all marketing of its customer is held again.',
  body: CaseReopenRequest,
};

const CONFIG = { scope: 'cases:write' } as const;

type Deps = Pick<ApiDeps, 'cases' | 'caseSteps' | 'customers' | 'events' | 'sends' | 'playbooks' | 'clock'>;

/** What the team does with complaints. */
export function caseworkRoutes(deps: Deps): FastifyPluginAsyncZod {
  const path = '/v1/cases/:id';
  return async (app) => {
    app.post(`${path}/notes`, { schema: NOTE, config: CONFIG }, async (request) => {
      return caseShown(deps, await noteCase(deps, request.params.id, saidBy(request, request.body)));
    });
    app.post(`${path}/owner`, { schema: OWNER, config: CONFIG }, async ({ params, body }) => {
      return caseShown(deps, await ownCase(deps, params.id, body));
    });
    app.post(`${path}/answer`, { schema: ANSWER, config: CONFIG }, async (request) => {
      return caseShown(deps, await answerCase(deps, request.params.id, saidBy(request, request.body)));
    });
    app.post(`${path}/resolve`, { schema: RESOLVE, config: CONFIG }, async (request) => {
      return caseShown(deps, await resolveCase(deps, request.params.id, saidBy(request, request.body)));
    });
    app.post(`${path}/reopen`, { schema: REOPEN, config: CONFIG }, async (request) => {
      return caseShown(deps, await reopenCase(deps, request.params.id, saidBy(request, request.body)));
    });
  };
}

/** A key is known by its name; a person is only said to use it. */
function saidBy<Body extends { readonly by?: string }>({ keyName }: FastifyRequest, body: Body) {
  return { ...body, by: body.by === undefined ? keyName : `${body.by} (${keyName})` };
}
