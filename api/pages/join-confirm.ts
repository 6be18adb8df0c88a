import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Asked, JoinRequest } from '../../data/join-requests.ts';
import type { Incoming } from '../../domain/incoming.ts';
import { mayJoinAnew } from '../../domain/joining.ts';
import { topicWords } from '../../domain/topics.ts';
import { readConfirmToken } from '../../mail/links.ts';
import { consentTo } from './choosing.ts';
import type { JoinDeps } from './join.ts';
import { joinWords } from './join-words.ts';
import { showShopMessage, showShopPage, type Visit, visitOf } from './shop-page.ts';
import type { Show } from './show.ts';
import { chosenLanguage, fill, LANGUAGES } from './words.ts';

const Token = z.looseObject({ c: z.string().max(300).catch('') });

/** Whose events these are: nobody else's can have their ids. */
const SOURCE = 'join';

/** The page a confirmation mail leads to. Looking at it changes nothing, as machines open links too; the button does. */
export function confirmRoutes(show: Show, deps: JoinDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/join/confirm', { schema: { querystring: Token, hide: true } }, async (request, reply) => {
      const visit = await visitOf(deps, request, reply);
      return withRequest(show, visit, { token: request.query.c, deps }, (asked, _joining, theirs) =>
        showAsk(show, theirs, asked, request.query.c),
      );
    });

    app.post('/join/confirm', { schema: { body: Token, hide: true } }, async (request, reply) => {
      const visit = await visitOf(deps, request, reply);
      return withRequest(show, visit, { token: request.body.c, deps }, async (asked, joining, theirs) => {
        await confirm(theirs, asked, joining, deps);
        return showConfirmed(show, theirs, asked);
      });
    });
  };
}

/** The page in the language of the mail that led to it, unless they choose another on it. */
function asAsked(asked: Asked, visit: Visit): Visit {
  const chosen = chosenLanguage(visit.request.query) ?? asked.language;
  const language = LANGUAGES.find((one) => one === chosen) ?? visit.language;
  return { ...visit, language, words: joinWords(language) };
}

type Answer = FastifyReply | Promise<FastifyReply>;

/** Goes on with the request that a link names; a link that is bad is refused without asking MongoDB. */
async function withRequest(
  show: Show,
  visit: Visit,
  { token, deps }: { readonly token: string; readonly deps: JoinDeps },
  goOn: (asked: Asked, request: JoinRequest, theirs: Visit) => Answer,
): Promise<FastifyReply> {
  const link = readConfirmToken(deps.settings.secrets, token, deps.clock.serverTime());
  if (link.kind === 'bad') return showDeadEnd(show, visit, 'bad', 404);
  const request = link.kind === 'good' ? await deps.joinRequests.find(link.id) : undefined;
  if (request?.state === 'confirmed') return showDeadEnd(show, visit, 'already', 200);
  if (!request?.wish) return showDeadEnd(show, visit, 'expired', 410);
  return goOn(request.wish, request, asAsked(request.wish, visit));
}

/**
 * Makes a customer of who confirms: an event `sign-up` with their consents, by the one path in. A second time it is
 * the same event, which changes nothing. Their link is the proof that the mail arrived, whatever bounced.
 */
async function confirm(visit: Visit, asked: Asked, request: JoinRequest, deps: JoinDeps): Promise<void> {
  const { suppressions, receiver, joinRequests, confirmationBounces, clock } = deps;
  await confirmationBounces.disprove(request);
  await suppressions.lift(request.addressKey, request.askedAt, mayJoinAnew);
  await receiver.receive([signUpOf(visit, asked, { ...request, at: clock.now() })], 'api');
  await joinRequests.confirm(request.id);
}

function signUpOf(
  visit: Visit,
  { email, name, topics, metThrough, language, where }: Asked,
  { id, askedAt, at }: Pick<JoinRequest, 'id' | 'askedAt'> & { readonly at: number },
): Incoming {
  return {
    ...{ source: SOURCE, id: `${id}.${askedAt.toString(36)}`, type: 'sign-up', at }, // ids are counted anew one day
    customer: {
      ...{ email, locale: language },
      ...(name !== undefined && { name: { first: name } }),
      ...(metThrough && { metThrough }),
    },
    consent: topics.map((topic) => consentTo(topic, visit)),
    data: { form: SOURCE, where, askedAt: new Date(askedAt).toISOString(), confirmed: 'link' },
  };
}

function showAsk(show: Show, visit: Visit, { email, topics }: Asked, token: string): FastifyReply {
  const { words, playbook, language } = visit;
  return showShopPage(show, visit, {
    ...{ view: 'join-confirm', title: words.confirmTitle, token, language },
    lead: fill(words.confirmLead, { email }),
    wording: fill(words.wording, { shop: playbook.shop.name }),
    topics: topics.map((topic) => topicWords(playbook, topic, language)),
  });
}

function showConfirmed(show: Show, visit: Visit, { email, name, topics }: Asked): FastifyReply {
  const { words, playbook, language } = visit;
  const names = topics.map((topic) => topicWords(playbook, topic, language).name.toLowerCase());
  const listed = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  const message = {
    title: name ? fill(words.confirmedTitleName, { name }) : words.confirmedTitle,
    lead: fill(words.confirmedLead, { email, topics: listed }),
    ...{ hint: words.confirmedNext, status: 200 },
  };
  return showShopMessage(show, visit, message, { language });
}

function showDeadEnd(
  show: Show,
  visit: Visit,
  why: 'bad' | 'already' | 'expired',
  status: number,
): FastifyReply {
  const { words, language } = visit;
  const again = { url: `/join?lang=${language}`, label: words.again };
  return showShopMessage(show, visit, {
    ...{ title: words[`${why}Title`], lead: words[`${why}Lead`], status },
    ...(why === 'already' ? {} : { to: again }),
  });
}
