import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseNamed } from '../case-shown.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseForm } from './case-forms.ts';
import { type CaseLook, type CasePageDeps, casePage } from './case-page.ts';
import { pressCase } from './case-press.ts';
import { casesPage, urlOfCase } from './cases-page.ts';
import { refuseForeign } from './foreign.ts';
import type { Show } from './show.ts';
import { languageOf, WORDS } from './words.ts';

const Which = z.looseObject({
  state: z.enum(['open', 'resolved']).default('open'),
  after: z.string().max(500).optional(),
});
const Params = z.object({ id: z.string().max(300) });
const Look = z.looseObject({
  told: z.enum(['answer', 'resolve', 'owner', 'note', 'reopen']).optional(),
  before: z.iso.datetime().optional(),
});

/** The cookie by which a browser knows who writes: a name, and no proof of anything. */
const NAME_COOKIE = 'rapport_name';
const NAME_KEPT_S = 365 * 86_400;

type Deps = CasePageDeps & Pick<ApiDeps, 'caseSteps' | 'settings'>;

/** The pages of complaints. A look changes nothing: only their buttons do. */
export function casesPageRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/cases', { schema: { querystring: Which, hide: true } }, async (request, reply) => {
      const language = languageOf(request);
      const { title } = WORDS[language].cases;
      return show(request, reply, {
        ...{ view: 'cases', title },
        ...(await casesPage(deps, { ...request.query, language })),
      });
    });

    const schema = { params: Params, querystring: Look, hide: true };
    app.get('/cases/:id', { schema }, async (request, reply) => {
      const { told, before } = request.query;
      return showCase(
        show,
        deps,
        { request, reply, id: request.params.id },
        {
          told,
          before: before === undefined ? undefined : Date.parse(before),
        },
      );
    });

    app.post(
      '/cases/:id',
      { schema: { params: Params, body: CaseForm, hide: true } },
      async (request, reply) => {
        refuseForeign(request, deps);
        const {
          body: form,
          params: { id },
        } = request;
        if (form.by) keepName(reply, form.by);
        const words = WORDS[languageOf(request)];
        const { fault } = await pressCase(deps, await caseNamed(deps, id), form, words);
        if (fault === undefined) return reply.redirect(`${urlOfCase(id)}?told=${form.what}`, 303);
        return showCase(show, deps, { request, reply, id }, { failed: { form, fault } });
      },
    );
  };
}

type Asked = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly id: string };

type Outcome = Pick<CaseLook, 'before' | 'failed'> & { readonly told?: CaseForm['what'] | undefined };

/** Shows a case as it stands by now; what was pressed in vain with why, and what was written. */
async function showCase(
  show: Show,
  deps: Deps,
  { request, reply, id }: Asked,
  { told, ...outcome }: Outcome,
): Promise<FastifyReply> {
  const language = languageOf(request);
  const by = request.cookies[NAME_COOKIE] ?? '';
  const page = await casePage(deps, await caseNamed(deps, id), { language, by, ...outcome });
  const { told: texts } = WORDS[language].cases;
  return show(request, reply, {
    ...{ view: 'case', title: page.heading, status: outcome.failed ? 422 : 200 },
    ...{ told: told ? texts[told] : '', fault: outcome.failed?.fault ?? '', ...page },
  });
}

function keepName(reply: FastifyReply, name: string): void {
  reply.setCookie(NAME_COOKIE, name, {
    path: '/cases',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: NAME_KEPT_S,
  });
}
