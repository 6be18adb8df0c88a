import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { zoneOf } from '../../domain/contact-policy.ts';
import { isGiven } from '../../domain/reachable.ts';
import { topicWords } from '../../domain/topics.ts';
import { exportOf } from '../export.ts';
import { type Form, TokenQuery } from './forms.ts';
import { type Guest, showGuestMessage, showGuestPage, urlOf, withGuest } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import { isTrusted, showStale } from './old-mail.ts';
import type { PreferencesDeps } from './preferences.ts';
import type { Show } from './show.ts';

/** More mails are not counted. */
const MOST = 1_000;

/** Where a customer sees what is kept of them, and has it erased; by a link that is new enough only. */
export function dataRoutes(show: Show, deps: PreferencesDeps): FastifyPluginAsyncZod {
  const schema = { querystring: TokenQuery, hide: true };
  const trusting =
    (goOn: (guest: Guest) => Promise<FastifyReply>) =>
    async (guest: Guest): Promise<FastifyReply> =>
      (await isTrusted(deps, guest)) ? goOn(guest) : showStale(show, guest);

  return async (app) => {
    app.get('/preferences/data', { schema }, (request, reply) => {
      const asked = { request, reply, token: request.query.t };
      return withGuest(
        show,
        deps,
        asked,
        trusting((guest) => showData(show, deps, guest)),
      );
    });
    app.get('/preferences/data.json', { schema }, (request, reply) => {
      const asked = { request, reply, token: request.query.t };
      return withGuest(
        show,
        deps,
        asked,
        trusting((guest) => download(deps, guest)),
      );
    });
    app.get('/preferences/erase', { schema }, (request, reply) => {
      const asked = { request, reply, token: request.query.t };
      return withGuest(
        show,
        deps,
        asked,
        trusting((guest) => askErase(show, guest)),
      );
    });
    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/preferences/erase',
      { schema },
      (request, reply) => {
        const token = request.body?.fields.t?.[0] ?? request.query.t;
        return withGuest(
          show,
          deps,
          { request, reply, token },
          trusting((guest) => erase(show, deps, guest)),
        );
      },
    );
  };
}

async function showData(show: Show, { sends }: PreferencesDeps, guest: Guest): Promise<FastifyReply> {
  const { customer, words } = guest;
  const sent = await sends.ofCustomer(customer.id, MOST);
  return showGuestPage(show, guest, {
    ...{ view: 'my-data', title: words.dataTitle, lead: words.dataLead },
    downloadUrl: urlOf('preferences/data.json', guest.token, guest.visit.language),
    rows: rowsOf(guest, sent.filter(({ state }) => state === 'accepted').length),
  });
}

/** All that is kept, as the API exports it. */
async function download(deps: PreferencesDeps, { customer, visit }: Guest): Promise<FastifyReply> {
  const { playbook, language, reply } = visit;
  const pieces = exportOf({ customer, playbook, language, now: deps.clock.now() }, deps);
  const name = 'attachment; filename="my-data.json"';
  reply.headers({
    'content-disposition': name,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  return reply.type('application/json; charset=utf-8').send(Readable.from(pieces));
}

/** What is kept, in a line each; what is not known is left out. */
function rowsOf({ customer, visit, words }: Guest, mails: number) {
  const { profile, orders, consents, createdAt } = customer.known;
  const { language, playbook } = visit;
  const granted = Object.entries(consents).filter(([, consent]) => isGiven(consent));
  const names = granted.map(([topic]) => topicWords(playbook, topic, language).name);
  const rows = [
    ['email', profile.email],
    ['name', [profile.name?.first, profile.name?.last].filter(Boolean).join(' ')],
    ['language', profile.locale],
    ['birthday', profile.birthday],
    ['since', dateIn(language, zoneOf(customer, playbook), createdAt)],
    ['orders', String(orders.length)],
    ['mails', String(mails)],
    ['consents', names.join(', ') || words.none],
  ] as const;
  return rows.flatMap(([row, value]) => (value ? [{ label: words.dataRows[row], value }] : []));
}

async function askErase(show: Show, guest: Guest): Promise<FastifyReply> {
  const { words, token, visit } = guest;
  return showGuestPage(show, guest, {
    ...{ view: 'erase-me', title: words.eraseTitle, lead: words.eraseLead },
    backUrl: urlOf('preferences', token, visit.language),
  });
}

/** They are unknown from the answer on; asked again, the link leads to nobody. */
async function erase(show: Show, { erasures, clock }: PreferencesDeps, guest: Guest): Promise<FastifyReply> {
  const { customer, words } = guest;
  await erasures.ask(customer.id, 'page', clock.serverTime());
  return showGuestMessage(
    show,
    guest,
    { title: words.erasedTitle, lead: words.erasedLead, hint: words.eraseKept, status: 200 },
    false,
  );
}
