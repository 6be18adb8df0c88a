import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { sendAgain, settleByHand } from '../settling.ts';
import { type Unsettled, unsettledPage } from '../unsettled.ts';
import { refuseForeign } from './foreign.ts';
import { momentsIn } from './moments.ts';
import { initialsOf, nameOf } from './person.ts';
import type { Show } from './show.ts';
import { handOf } from './told-by.ts';
import { touchName, zoneOf } from './voice.ts';
import { fill, type Language, languageOf, WORDS } from './words.ts';

/** How many of each kind one page shows: the latest. */
const SHOWN = 50;

const Form = z.object({
  what: z.enum(['arrived', 'lost', 'send-again']),
  because: z.string().trim().max(200).default(''),
});
const Params = z.object({ id: z.string().max(100) });
const Told = z.looseObject({ told: z.enum(['done', 'known']).optional() });

type Deps = Pick<
  ApiDeps,
  'customers' | 'sends' | 'unsettledSends' | 'failedSends' | 'playbooks' | 'receiver' | 'clock' | 'settings'
>;

/** The page of the mails that wait for a person. A look changes nothing: only its buttons do. */
export function sendsPageRoutes(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/sends', { schema: { querystring: Told, hide: true } }, async (request, reply) => {
      const language = languageOf(request);
      const { title, told } = WORDS[language].sends;
      const { told: what } = request.query;
      return show(request, reply, {
        ...{ view: 'sends', title, told: what ? told[what] : '' },
        ...(await listed(deps, language)),
      });
    });

    app.post('/sends/:id', { schema: { params: Params, body: Form, hide: true } }, async (request, reply) => {
      refuseForeign(request, deps);
      const { what, because } = request.body;
      const { page } = WORDS[languageOf(request)].sends;
      const said = { by: 'page', because: because || page };
      const told = await press(deps, request.params.id, what, said);
      return reply.redirect(`/sends?told=${told}`, 303);
    });
  };
}

/** Presses a button; that somebody was quicker is told, and no fault. */
async function press(
  deps: Deps,
  id: string,
  what: z.output<typeof Form>['what'],
  said: { readonly by: string; readonly because: string },
): Promise<'done' | 'known'> {
  try {
    await (what === 'send-again' ? sendAgain(deps, id, said) : settleByHand(deps, id, what, said));
    return 'done';
  } catch (error) {
    if (error instanceof Problem && error.statusCode === 409) return 'known';
    throw error;
  }
}

async function listed(deps: Deps, language: Language) {
  const [unknown, failed] = await Promise.all([
    unsettledPage(deps, 'unknown', {}, SHOWN),
    unsettledPage(deps, 'failed', {}, SHOWN),
  ]);
  const rows = [...unknown.rows, ...failed.rows].sort((a, b) => b.at - a.at);
  const isMore = unknown.next !== undefined || failed.next !== undefined;
  return { rows: await Promise.all(rows.map((row) => shown(row, deps, language))), isMore };
}

async function shown(
  { id, customerId, touch, at, outcome, byHand }: Unsettled,
  deps: Deps,
  language: Language,
) {
  const words = WORDS[language];
  const [customer, playbook] = await Promise.all([deps.customers.find(customerId), deps.playbooks.current()]);
  const zone = customer && playbook ? zoneOf(customer, playbook) : 'UTC';
  const moments = momentsIn(language, zone, deps.clock.now());
  const isUnknown = outcome.kind === 'unknown';
  return {
    ...{ id, customerId, isUnknown, touch: touchName(words, touch) },
    name: customer ? nameOf(customer, words) : words.page.somebody,
    initials: customer ? initialsOf(customer) : '',
    when: moments.shown(at, moments.when(at)),
    note: isUnknown ? words.sends.unknown : fill(words.sends.failed, { type: outcome.type }),
    becauseLabel: fill(words.sends.because, { touch: touchName(words, touch) }),
    said: byHand.map((hand) =>
      fill(words.sends.said[hand.what], {
        ...{ by: handOf(hand.by, words), because: hand.because },
        when: moments.when(hand.at),
      }),
    ),
  };
}
