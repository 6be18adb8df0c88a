import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ApiDeps } from '../deps.ts';
import { logFault, nothingHere, problemOf, sendProblem } from '../errors.ts';
import { registerAll } from '../register-all.ts';
import { casesPageRoutes } from './cases.ts';
import { clickRoutes } from './click.ts';
import { giftsPageRoutes } from './gifts.ts';
import { guestPages } from './guest-pages.ts';
import { joinPages } from './join.ts';
import { lookRoutes } from './look.ts';
import { tellOnEveryPage } from './notices.ts';
import { resultsPageRoutes } from './results.ts';
import { sendsPageRoutes } from './sends.ts';
import { type Session, sessionOf } from './session.ts';
import { createShow, type Show, showMessage } from './show.ts';
import { signInRoutes } from './sign-in.ts';
import { stopRoutes } from './stop.ts';
import { tasksPageRoutes } from './tasks.ts';
import { ASSETS_DIR } from './views.ts';
import { whyPages } from './why.ts';

/** The pages: behind the admin key, asked once and kept in a signed cookie. */
export async function pages(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  await app.register(fastifyCookie, { secret: [...deps.settings.secrets] });
  await app.register(fastifyFormbody);
  await app.register(fastifyStatic, { root: ASSETS_DIR, prefix: '/assets/', index: false, maxAge: '30d' });

  const session = sessionOf(deps.settings);
  const show = createShow(session);
  answerWithPages(app, show);
  await registerAll(app, {
    join: joinPages(show, deps),
    why: whyPages(show, deps),
    guests: guestPages(show, deps),
    click: clickRoutes(show, deps),
    signIn: signInRoutes(show, session, deps.settings),
    closed: closedPages(show, session, deps),
  });
}

/** The pages of who has the admin key. */
function closedPages(show: Show, session: Session, deps: ApiDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      if (session.isSignedIn(request)) return;
      await reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
    });
    tellOnEveryPage(app, deps);
    await registerAll(app, {
      look: lookRoutes(show, deps),
      stop: stopRoutes(show, deps),
      casesPage: casesPageRoutes(show, deps),
      sendsPage: sendsPageRoutes(show, deps),
      resultsPage: resultsPageRoutes(show, deps),
      tasksPage: tasksPageRoutes(show, deps),
      giftsPage: giftsPageRoutes(show, deps),
    });
  };
}

/** Says with a page what is wrong, where a browser asked. */
function answerWithPages(app: FastifyInstance, show: Show): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { statusCode } = problemOf(error);
    if (statusCode === 500) logFault(error, request);
    return showMessage(show, { request, reply }, statusCode < 500 ? 'nothingHere' : 'wrong', statusCode);
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
    return isPage
      ? showMessage(show, { request, reply }, 'nothingHere', 404)
      : sendProblem(reply, nothingHere());
  });
}
