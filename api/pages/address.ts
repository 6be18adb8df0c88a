import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Gift } from '../../domain/fulfilment.ts';
import type { ApiDeps } from '../deps.ts';
import { addressForm, readAddress } from './address-form.ts';
import { type Fields, type Form, TokenQuery } from './forms.ts';
import { GIFT_WORDS } from './gift-words.ts';
import { type Guest, type GuestDeps, showGuestMessage, showGuestPage, withGuest } from './guest.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

export type AddressDeps = GuestDeps & Pick<ApiDeps, 'gifts'>;

/** Where a gift is to go where nobody told in their language: most shops send at home. */
const HOME = { nl: 'NL', en: 'GB' } as const;

/**
 * Where a customer tells where their gift is to go, by the link of the mail that told of it. A look changes nothing, and
 * shows no address: the mail may have been passed on.
 */
export function addressRoutes(show: Show, deps: AddressDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { querystring: TokenQuery, hide: true };
    app.get('/address', { schema }, (request, reply) => {
      return withGuest(show, deps, { request, reply, token: request.query.t }, (guest) =>
        withGift(show, deps, guest, (gift) => showForm(show, guest, gift)),
      );
    });

    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/address',
      { schema },
      (request, reply) => {
        const { fields } = request.body ?? { fields: {} };
        const token = fields.t?.[0] ?? request.query.t;
        return withGuest(show, deps, { request, reply, token }, (guest) =>
          withGift(show, deps, guest, (gift) => keep(show, deps, { guest, gift, fields })),
        );
      },
    );
  };
}

/** Goes on with the gift that the mail told of, if it has not left yet. */
async function withGift(
  show: Show,
  { gifts }: AddressDeps,
  guest: Guest,
  goOn: (gift: Gift) => FastifyReply | Promise<FastifyReply>,
): Promise<FastifyReply> {
  const gift = await gifts.find(guest.customer.id, guest.ref);
  return gift && !gift.sent ? goOn(gift) : showGone(show, guest);
}

function showGone(show: Show, guest: Guest): FastifyReply {
  const { goneTitle: title, goneLead: lead } = GIFT_WORDS[guest.visit.language];
  return showGuestMessage(show, guest, { title, lead, status: 410 }, false);
}

function showForm(
  show: Show,
  guest: Guest,
  gift: Gift,
  {
    fields = {},
    faults = {},
  }: { readonly fields?: Fields; readonly faults?: Readonly<Record<string, string>> } = {},
): FastifyReply {
  const { language, playbook } = guest.visit;
  const words = GIFT_WORDS[language];
  const home = gift.shipTo?.country ?? playbook.shop.locale.split('-')[1] ?? HOME[language];
  const isMissing = Object.keys(faults).length > 0;
  return showGuestPage(show, guest, {
    ...{ view: 'address', title: words.title, status: isMissing ? 422 : 200, gift: words },
    lead: gift.shipTo ? words.known : words.lead,
    ...addressForm({ fields, faults }, home, language),
  });
}

type Told = { readonly guest: Guest; readonly gift: Gift; readonly fields: Fields };

async function keep(
  show: Show,
  { gifts }: AddressDeps,
  { guest, gift, fields }: Told,
): Promise<FastifyReply> {
  const { language } = guest.visit;
  const read = readAddress(fields, language);
  if ('faults' in read) return showForm(show, guest, gift, { fields, faults: read.faults });
  if (!(await gifts.tellAddress(gift.key, read.shipTo))) return showGone(show, guest);
  const { thanksTitle: title, thanksLead } = GIFT_WORDS[language];
  const lead = fill(thanksLead, { city: read.shipTo.city });
  return showGuestMessage(show, guest, { title, lead, status: 200 }, false);
}
