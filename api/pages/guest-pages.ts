import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { registerAll } from '../register-all.ts';
import { type AddressDeps, addressRoutes } from './address.ts';
import { type AnswerDeps, answerRoutes } from './answer.ts';
import { complainPages } from './complain.ts';
import { readForms } from './forms.ts';
import { leaveRoutes } from './leave.ts';
import { membershipPages } from './membership.ts';
import { type PreferencesDeps, preferenceRoutes } from './preferences.ts';
import { answerInTheShopsName } from './shop-errors.ts';
import type { Show } from './show.ts';
import type { LeaveDeps } from './undo-leaving.ts';

/** The customers' own pages, by the signed links of their mails: nobody signs in, and a look changes nothing. */
export function guestPages(
  show: Show,
  deps: PreferencesDeps & AnswerDeps & AddressDeps & LeaveDeps,
): FastifyPluginAsyncZod {
  return async (app) => {
    readForms(app);
    answerInTheShopsName(app, show, deps);
    await registerAll(app, {
      leave: leaveRoutes(show, deps),
      preferences: preferenceRoutes(show, deps),
      complain: complainPages(show, deps),
      membership: membershipPages(show, deps),
      answer: answerRoutes(show, deps),
      address: addressRoutes(show, deps),
    });
  };
}
