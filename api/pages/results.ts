import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { createResultsLately } from './results-lately.ts';
import { resultsShown } from './results-shown.ts';
import type { Show } from './show.ts';
import { fill, type Language, languageOf, WORDS } from './words.ts';

/** What one may look back over, days. */
const DAYS = ['30', '90', '365'] as const;

/** Loose: the language is chosen in the address too. */
const Query = z.looseObject({
  days: z.enum(DAYS).catch('90'),
  by: z.enum(['channel']).optional().catch(undefined),
});

type Chosen = { readonly days: (typeof DAYS)[number]; readonly byChannel: boolean };

/** The page of results. A look changes nothing. */
export function resultsPageRoutes(
  show: Show,
  deps: Pick<ApiDeps, 'countResults' | 'clock'>,
): FastifyPluginAsyncZod {
  return async (app) => {
    const lately = createResultsLately(deps, (error) => app.log.warn({ err: error }, 'results not counted'));

    app.get('/results', { schema: { querystring: Query, hide: true } }, async (request, reply) => {
      const language = languageOf(request);
      const chosen = { days: request.query.days, byChannel: request.query.by === 'channel' };
      const asked = { days: Number(chosen.days), byChannel: chosen.byChannel };
      const touches = await lately({ per: 'touch', ...asked });
      const phases = touches && (await lately({ per: 'phase', ...asked }));
      return show(request, reply, {
        ...{ view: 'results', title: WORDS[language].results.title },
        ...choicesOf(chosen, language),
        isCounted: phases !== undefined,
        ...resultsShown(touches ?? [], phases ?? [], language),
      });
    });
  };
}

/** The other times and ways to look at, as links. */
function choicesOf({ days, byChannel }: Chosen, language: Language) {
  const words = WORDS[language].results;
  const url = (one: string, by: boolean) => `/results?days=${one}${by ? '&by=channel' : ''}`;
  return {
    times: DAYS.map((one) => ({
      text: fill(words.days, { days: one }),
      url: url(one, byChannel),
      isCurrent: one === days,
    })),
    other: { text: byChannel ? words.together : words.byChannel, url: url(days, !byChannel) },
  };
}
