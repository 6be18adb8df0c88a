import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { complaintByForm } from '../../domain/complaining.ts';
import { type Filled, ordersOf, showForm, showThanks } from './complain-page.ts';
import { complainWords } from './complain-words.ts';
import { type Fields, type Form, TokenQuery } from './forms.ts';
import { type Guest, withGuest } from './guest.ts';
import { isTrusted } from './old-mail.ts';
import type { PreferencesDeps } from './preferences.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

/** Longer than anybody writes on a phone, in characters; a letter is read better by mail. */
const MOST = 5_000;
/** Of a form with so much text, percent-encoded: four bytes a character at most, three signs a byte. */
const BODY_LIMIT = 65_536;

/** Where a customer tells that something is wrong, by the link of whichever mail, however old. A look changes nothing. */
export function complainPages(show: Show, deps: PreferencesDeps): FastifyPluginAsyncZod {
  const schema = { querystring: TokenQuery, hide: true };
  return async (app) => {
    app.get('/complain', { schema }, (request, reply) => {
      return withGuest(show, deps, { request, reply, token: request.query.t }, async (guest) =>
        showForm(show, guest, await offered(deps, guest)),
      );
    });
    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/complain',
      { schema, bodyLimit: BODY_LIMIT },
      (request, reply) => {
        const { fields } = request.body ?? { fields: {} };
        const asked = { request, reply, token: fields.t?.[0] ?? request.query.t };
        return withGuest(show, deps, asked, (guest) => take(show, deps, guest, fields));
      },
    );
  };
}

/** What they bought is shown by a link that is new enough alone. */
async function offered(deps: PreferencesDeps, guest: Guest) {
  return (await isTrusted(deps, guest)) ? ordersOf(guest) : [];
}

/** Keeps what they tell, by the one path in, before it is thanked for. */
async function take(show: Show, deps: PreferencesDeps, guest: Guest, fields: Fields): Promise<FastifyReply> {
  const orders = await offered(deps, guest);
  const filled = filledIn(fields);
  const fault = faultOf(filled, guest);
  if (fault) return showForm(show, guest, orders, { ...filled, fault });

  const { id: customerId } = guest.customer;
  const { text, form = '', orderId: posted } = filled;
  const orderId = orders.find(({ id }) => id === posted)?.id;
  const told = { customerId, text, at: deps.clock.now() };
  const { id, event } = complaintByForm(told, { form, orderId });
  await deps.receiver.receiveOwn(customerId, event, id);
  return showThanks(show, guest);
}

function filledIn({ form, order, text = [] }: Fields): Filled & { readonly text: string } {
  const written = (text[0] ?? '').replaceAll('\r\n', '\n').trim();
  return { form: form?.[0], orderId: order?.[0], text: written };
}

function faultOf({ text }: { readonly text: string }, { visit }: Guest): string | undefined {
  const words = complainWords(visit.language);
  if (text === '') return words.missing;
  return text.length > MOST ? fill(words.tooLong, { most: MOST }) : undefined;
}
