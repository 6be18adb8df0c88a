import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sendKey } from '../../domain/send.ts';
import type { ApiDeps } from '../deps.ts';
import { registerAll } from '../register-all.ts';
import { customerPage } from './customer-page.ts';
import { createMetLately } from './met-lately.ts';
import { type Show, showMessage } from './show.ts';
import { startPage } from './start-page.ts';
import { languageOf, WORDS } from './words.ts';

/** A mail is shown as a stranger's page: no scripts, no forms, no way out of its frame. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; frame-ancestors 'self'";

const Ref = z.object({ ref: z.string().trim().max(300) });
const Id = z.object({ id: z.string() });
/** Loose: the language is chosen in the address too. */
const Before = z.looseObject({ before: z.iso.datetime().optional() });
const Mail = z.object({ id: z.string(), touch: z.string(), occasion: z.string() });

type Deps = Pick<
  ApiDeps,
  | 'customers'
  | 'events'
  | 'sends'
  | 'decisions'
  | 'playbooks'
  | 'consentEvents'
  | 'clock'
  | 'preview'
  | 'countMetThrough'
  | 'unsettledSends'
  | 'failedSends'
  | 'teamTasks'
  | 'gifts'
>;

/** The pages one looks at: all of them read, none of them changes anything. */
export function lookRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    await registerAll(app, {
      startPage: startRoutes(show, deps),
      customerPage: customerRoutes(show, deps),
      mailPage: mailRoutes(deps),
    });
  };
}

function startRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const metLately = createMetLately(deps, (error) =>
      app.log.warn({ err: error }, 'met-through not counted'),
    );

    app.get('/', { schema: { hide: true } }, async (request, reply) => {
      const language = languageOf(request);
      const title = WORDS[language].page.startTitle;
      return show(request, reply, {
        view: 'start',
        title,
        ...(await startPage({ ...deps, metLately }, language)),
      });
    });

    app.get('/customers', { schema: { querystring: Ref, hide: true } }, async (request, reply) => {
      const customer = await deps.customers.find(request.query.ref);
      if (!customer) return showMessage(show, { request, reply }, 'notFound', 404);
      return reply.redirect(`/customers/${customer.id}`, 303);
    });
  };
}

function customerRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  const schema = { params: Id, querystring: Before, hide: true };
  return async (app) => {
    app.get('/customers/:id', { schema }, async (request, reply) => {
      const customer = await deps.customers.find(request.params.id);
      if (!customer || customer.erased) return showMessage(show, { request, reply }, 'notFound', 404);
      if (customer.id !== request.params.id) return reply.redirect(`/customers/${customer.id}`, 303);

      const before = request.query.before === undefined ? undefined : Date.parse(request.query.before);
      const page = await customerPage(deps, customer, { language: languageOf(request), before });
      return show(request, reply, { view: 'customer', title: page.name, ...page });
    });
  };
}

function mailRoutes({ sends, preview }: Deps): FastifyPluginAsyncZod {
  const schema = { params: Mail, hide: true };
  return async (app) => {
    app.get('/customers/:id/mails/:touch/:occasion', { schema }, async ({ params }, reply) => {
      const send = await sends.byKey(sendKey({ ...params, customerId: params.id }));
      const mail = send && (await preview(send));
      return reply
        .code(mail ? 200 : 404)
        .headers({ 'content-security-policy': MAIL_POLICY, 'cache-control': 'no-store' })
        .type('text/html; charset=utf-8')
        .send(mail?.html ?? '');
    });
  };
}
