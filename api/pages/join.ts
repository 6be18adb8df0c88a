import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { type JoinFields, readWish, topicsOffered, type Wish } from '../../domain/joining.ts';
import type { ApiDeps } from '../deps.ts';
import { registerAll } from '../register-all.ts';
import { confirmRoutes } from './join-confirm.ts';
import { EMPTY_FORM, JoinForm, JoinQuery, openedNow, openFor, showJoinForm } from './join-form.ts';
import { answerInTheShopsName } from './shop-errors.ts';
import { showShopMessage, type Visit, visitOf } from './shop-page.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

/** Nobody types faster, milliseconds. */
const QUICKEST_MS = 2_000;

/** A form with all fields filled to their brim is smaller. */
const BODY_LIMIT = 16_384;

/** Forms from one address of the Internet: a tablet at a fair, a company behind one router. */
const ALL = { max: 30, timeWindow: '10 minutes' };
/** Those among them that do not say when they were opened: the ones on pages of the shop's, and those of machines. */
const UNPROVEN = { max: 5, timeWindow: '10 minutes' };

/** What joining needs of the world. */
export type JoinDeps = Pick<
  ApiDeps,
  | 'playbooks'
  | 'joinRequests'
  | 'confirmationBounces'
  | 'suppressions'
  | 'receiver'
  | 'addressKey'
  | 'clock'
  | 'settings'
>;

type Posted = z.output<typeof JoinForm>;

/** The page by which people join, in the shop's name; also where a form on a page of the shop's is sent to. */
export function joinPages(show: Show, deps: JoinDeps): FastifyPluginAsyncZod {
  return async (app) => {
    answerInTheShopsName(app, show, deps);
    await registerAll(app, { joinForm: formRoutes(show, deps), joinConfirm: confirmRoutes(show, deps) });
  };
}

function formRoutes(show: Show, deps: JoinDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const tooMany = limitsOf(app);
    app.get('/join', { schema: { querystring: JoinQuery, hide: true } }, async (request, reply) => {
      const visit = await visitOf(deps, request, reply);
      const { met, campaign } = request.query; // whoever made the address fills in nothing else
      return showJoinForm(show, visit, { ...EMPTY_FORM, met, campaign }, { opened: opened(deps) });
    });

    const schema = { body: JoinForm, hide: true };
    app.post('/join', { schema, bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const visit = await visitOf(deps, request, reply);
      return answerForm(show, visit, request.body, { ...deps, tooMany });
    });
  };
}

type FormDeps = JoinDeps & { readonly tooMany: ReturnType<typeof limitsOf> };

/** Keeps what is asked for, or shows the form again with what is to be mended. */
async function answerForm(show: Show, visit: Visit, posted: Posted, deps: FormDeps): Promise<FastifyReply> {
  const fields: JoinFields = { ...posted, topics: posted.topic };
  const again = (said: Partial<Parameters<typeof showJoinForm>[3]>) =>
    showJoinForm(show, visit, fields, { opened: opened(deps), ...said });

  const read = readWish(fields, topicsOffered(visit.playbook));
  if (read.kind === 'refused') return again({ faults: read.faults, status: 422 });

  const age = openFor(deps.settings.secrets, posted.opened, deps.clock.serverTime());
  if (posted.leave_empty) return again({ notice: 'onceMore', status: 422 });
  if (age !== undefined && age < QUICKEST_MS) {
    return again({ notice: 'onceMore', status: 422, opened: posted.opened });
  }
  const limit = await deps.tooMany(visit.request, age !== undefined);
  if (limit) return again({ notice: limit, status: 429 });

  await keep(visit, read.wish, deps);
  return showSent(show, visit, read.wish);
}

/** How many forms one address of the Internet may send; a person who is held up wrongly presses once more. */
function limitsOf(app: FastifyInstance) {
  const all = app.createRateLimit({ ...ALL, keyGenerator: ({ ip }) => `join:${ip}` });
  const unproven = app.createRateLimit({ ...UNPROVEN, keyGenerator: ({ ip }) => `join-unproven:${ip}` });
  return async (request: FastifyRequest, isProven: boolean): Promise<'busy' | 'onceMore' | undefined> => {
    if (isExceeded(await all(request))) return 'busy';
    return !isProven && isExceeded(await unproven(request)) ? 'onceMore' : undefined;
  };
}

function isExceeded(limit: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>): boolean {
  return !limit.isAllowed && limit.isExceeded;
}

async function keep({ request, language }: Visit, wish: Wish, deps: JoinDeps): Promise<void> {
  const asked = { ...wish, language, where: whereOf(request, deps.settings.publicUrl) };
  await deps.joinRequests.ask(deps.addressKey(wish.email), asked, deps.clock.serverTime());
}

/** The page with the form, without what else its address holds. */
function whereOf({ headers }: FastifyRequest, publicUrl: string): string {
  const { referer = '' } = headers;
  if (!/^https?:/.test(referer) || !URL.canParse(referer)) return `${publicUrl}/join`;
  const { origin, pathname } = new URL(referer);
  return `${origin}${pathname}`.slice(0, 256);
}

/** The same answer for every address: known or not, asked a moment ago or suppressed. */
function showSent(show: Show, visit: Visit, { email }: Wish): FastifyReply {
  const { words, language } = visit;
  return showShopMessage(show, visit, {
    ...{ title: words.sentTitle, lead: fill(words.sentLead, { email }), status: 200 },
    ...{ steps: words.sentSteps, hint: words.sentHint, isAside: true },
    to: { url: `/join?lang=${language}`, label: words.sentAgain },
  });
}

function opened({ settings, clock }: JoinDeps): string {
  return openedNow(settings.secrets, clock.serverTime());
}
