import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { registerAll } from '../register-all.ts';
import { dataRoutes } from './data-page.ts';
import { type Fields, type Form, TokenQuery } from './forms.ts';
import { type Guest, type GuestDeps, withGuest } from './guest.ts';
import { askFresh, isTrusted, showStale } from './old-mail.ts';
import {
  keepAbout,
  keepChoices,
  keepObjection,
  keepPause,
  keepProfiling,
  keepResume,
  type Outcome,
} from './preference-changes.ts';
import { showPreferences } from './preferences-page.ts';
import type { Show } from './show.ts';

export type PreferencesDeps = GuestDeps & Pick<ApiDeps, 'sends' | 'erasures' | 'everythingOf' | 'preview'>;

type Change = (deps: PreferencesDeps, guest: Guest, fields: Fields) => Promise<Outcome>;

/** What each button changes. */
const CHANGES: Readonly<Record<string, Change>> = {
  choices: keepChoices,
  pause: keepPause,
  resume: keepResume,
  object: keepObjection,
  profile: keepProfiling,
  about: keepAbout,
};

/** What is about the person, not about the mail: shown and changed by a link that is new enough only. */
const PERSONAL = ['about'];

/** Has a fresh link mailed: who has one needs none. */
const FRESH_LINK = 'fresh-link';

/** Where a customer chooses what comes, and how often; by a signed link, without signing in. */
export function preferenceRoutes(show: Show, deps: PreferencesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { querystring: TokenQuery, hide: true };
    app.get('/preferences', { schema }, (request, reply) => {
      return withGuest(show, deps, { request, reply, token: request.query.t }, (guest) =>
        look(show, deps, guest),
      );
    });

    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/preferences',
      { schema },
      (request, reply) => {
        const { fields } = request.body ?? { fields: {} };
        const token = fields.t?.[0] ?? request.query.t;
        return withGuest(show, deps, { request, reply, token }, (guest) => press(show, deps, guest, fields));
      },
    );
    await registerAll(app, { ownData: dataRoutes(show, deps) });
  };
}

async function press(show: Show, deps: PreferencesDeps, guest: Guest, fields: Fields): Promise<FastifyReply> {
  const what = fields.what?.[0] ?? '';
  if ([...PERSONAL, FRESH_LINK].includes(what) && !(await isTrusted(deps, guest))) {
    return what === FRESH_LINK ? askFresh(show, deps, guest) : showStale(show, guest);
  }
  const outcome = await CHANGES[what]?.(deps, guest, fields);
  if (!outcome?.kept) return look(show, deps, guest, outcome);

  const customer = (await deps.customers.find(guest.customer.id)) ?? guest.customer; // as they are now
  return look(show, deps, { ...guest, customer }, outcome);
}

async function look(
  show: Show,
  deps: PreferencesDeps,
  guest: Guest,
  outcome?: Outcome,
): Promise<FastifyReply> {
  const about = await isTrusted(deps, guest);
  return showPreferences(show, guest, { now: deps.clock.now(), isTrusted: about, outcome });
}
