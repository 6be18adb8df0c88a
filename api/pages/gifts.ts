import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { giftInWords, giftsCsv } from '../../domain/fulfilment.ts';
import type { ApiDeps } from '../deps.ts';
import { allToSend, markSent, type ShownGift, shownGift } from '../fulfilment.ts';
import { Problem } from '../problem.ts';
import { refuseForeign } from './foreign.ts';
import { momentsIn } from './moments.ts';
import { nameOf } from './person.ts';
import type { Show } from './show.ts';
import { fill, type Language, languageOf, WORDS } from './words.ts';

/** How many one page shows: the oldest. */
const SHOWN = 50;

const Form = z.object({ by: z.string().trim().max(100).default('') });
const Params = z.object({ id: z.string().max(200) });
const Told = z.looseObject({ told: z.enum(['done', 'known']).optional() });

type Deps = Pick<ApiDeps, 'customers' | 'gifts' | 'receiver' | 'clock' | 'settings' | 'playbooks'>;

/** The page of the gifts that are to be sent. A look changes nothing: only its buttons do. */
export function giftsPageRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/gifts', { schema: { querystring: Told, hide: true } }, async (request, reply) => {
      const language = languageOf(request);
      const { title, told } = WORDS[language].gifts;
      const { told: what } = request.query;
      const gifts = await deps.gifts.list('to-send', SHOWN + 1);
      const shown = await Promise.all(gifts.slice(0, SHOWN).map((gift) => shownGift(gift, deps)));
      return show(request, reply, {
        ...{ view: 'gifts', title, told: what ? told[what] : '', isMore: gifts.length > SHOWN },
        rows: await Promise.all(shown.map((one) => rowOf(one, deps, language))),
      });
    });

    app.get('/gifts.csv', { schema: { hide: true } }, async (_request, reply) => {
      return reply
        .headers({ 'cache-control': 'no-store', 'content-disposition': 'attachment; filename="gifts.csv"' })
        .type('text/csv; charset=utf-8')
        .send(giftsCsv(await allToSend(deps)));
    });

    app.post('/gifts/:id', { schema: { params: Params, body: Form, hide: true } }, async (request, reply) => {
      refuseForeign(request, deps);
      const by = request.body.by || WORDS[languageOf(request)].gifts.page;
      const told = await press(markSent(deps, request.params.id, { by }));
      return reply.redirect(`/gifts?told=${told}`, 303);
    });
  };
}

/** That somebody was quicker is told, and no fault. */
async function press(sending: ReturnType<typeof markSent>): Promise<'done' | 'known'> {
  try {
    return (await sending).duplicate ? 'known' : 'done';
  } catch (error) {
    if (error instanceof Problem && error.statusCode === 404) return 'known';
    throw error;
  }
}

async function rowOf(gift: ShownGift, deps: Deps, language: Language) {
  const { id, customerId, at, shipTo, customer } = gift;
  const words = WORDS[language];
  const playbook = await deps.playbooks.current();
  const moments = momentsIn(language, playbook?.shop.timeZone ?? 'UTC', deps.clock.now());
  const what = giftInWords(gift, undefined, language);
  const name = customer ? nameOf(customer, words) : words.page.somebody;
  return {
    ...{ id, customerId, what, name, when: moments.shown(at, moments.when(at)) },
    address: shipTo ? linesOf(shipTo, language) : [words.gifts.noAddress],
    byLabel: fill(words.gifts.by, { what, name }),
  };
}

function linesOf(
  { name, lines, postalCode, city, region, country }: NonNullable<ShownGift['shipTo']>,
  language: Language,
): readonly string[] {
  const land = new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;
  return [name, ...lines, [postalCode, city].filter(Boolean).join(' '), ...(region ? [region] : []), land];
}
