import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { membershipEvent } from '../../domain/loyalty-requests.ts';
import { type Fields, type Form, TokenQuery } from './forms.ts';
import { type Guest, withGuest } from './guest.ts';
import { type MembershipOutcome, showMembership } from './membership-page.ts';
import { membershipWords } from './membership-words.ts';
import { isTrusted, showStale } from './old-mail.ts';
import type { PreferencesDeps } from './preferences.ts';
import type { Show } from './show.ts';

/** Where a customer sees their membership, joins and leaves; by a link that is new enough, without signing in. */
export function membershipPages(show: Show, deps: PreferencesDeps): FastifyPluginAsyncZod {
  const schema = { querystring: TokenQuery, hide: true };
  const trusting = (goOn: (guest: Guest) => FastifyReply | Promise<FastifyReply>) => async (guest: Guest) =>
    (await isTrusted(deps, guest)) ? goOn(guest) : showStale(show, guest);
  const look = (guest: Guest, outcome?: MembershipOutcome) =>
    showMembership(show, guest, { now: deps.clock.now(), outcome });

  return async (app) => {
    app.get('/membership', { schema }, (request, reply) => {
      const asked = { request, reply, token: request.query.t };
      return withGuest(
        show,
        deps,
        asked,
        trusting((guest) => look(guest)),
      );
    });
    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/membership',
      { schema },
      (request, reply) => {
        const { fields } = request.body ?? { fields: {} };
        const asked = { request, reply, token: fields.t?.[0] ?? request.query.t };
        const press = async (guest: Guest) => {
          const outcome = await change(deps, guest, fields);
          const customer = (await deps.customers.find(guest.customer.id)) ?? guest.customer; // as they are now
          return look({ ...guest, customer }, outcome);
        };
        return withGuest(show, deps, asked, trusting(press));
      },
    );
  };
}

/** Joins or leaves, by the one path in; asked again, nothing changes. */
async function change(
  deps: PreferencesDeps,
  guest: Guest,
  fields: Fields,
): Promise<MembershipOutcome | undefined> {
  const { customer, visit } = guest;
  const words = membershipWords(visit.language);
  const what = (['join', 'leave'] as const).find((one) => one === fields.what?.[0]);
  const terms = visit.playbook.loyalty?.terms;
  if (!what || terms === undefined) return undefined;
  const isMember = customer.membership?.joined !== undefined;
  if (isMember === (what === 'join')) return { said: words.nothingNew };
  if (what === 'join' && fields.terms?.[0] !== terms) return { said: words.termsChanged, fault: true };
  if (what === 'join' && fields.agree?.[0] !== 'yes') return { said: words.mustAgree, fault: true };

  await deps.receiver.receiveOwn(customer.id, membershipEvent(what, terms, 'page', deps.clock.now()));
  return { said: what === 'join' ? words.hasJoined : words.hasLeft };
}
