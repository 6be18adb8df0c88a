import { z } from 'zod';
import type { ConsentGiven } from './event.ts';
import { readShopifyOrder } from './normalise-shopify-order.ts';
import { readShopifyFulfillment, readShopifyRefund } from './normalise-shopify-parts.ts';
import { readShopifyRequest } from './normalise-shopify-request.ts';
import { Id, Instant, Mail, maybe, readPayload, told, Words } from './payload.ts';
import { NOTHING_TOLD, type PayloadRead, type Reported } from './reported.ts';

const SOURCE = 'shopify';

/** What Shopify's consent to marketing by mail is consent to, here. */
const TOPIC = 'news';

/** @see https://shopify.dev/docs/api/admin-rest/latest/resources/customer */
const MailConsent = z.object({
  state: z.string(),
  opt_in_level: maybe(Words),
  consent_updated_at: maybe(Instant),
});

const CustomerPayload = z.object({
  id: Id,
  email: maybe(Mail),
  first_name: maybe(Words),
  last_name: maybe(Words),
  created_at: Instant,
  updated_at: Instant,
  email_marketing_consent: maybe(MailConsent),
  line_items: z.undefined({ error: 'is a part of orders; this is a customer' }).optional(),
});

const ConsentPayload = z.object({
  customer_id: Id,
  email_address: maybe(Mail),
  email_marketing_consent: MailConsent,
});

/**
 * Reads what a webhook of Shopify tells (docs/connect.md has the table).
 *
 * What an order tells is read from its state, so webhooks may come twice, late, or in any order. A topic that Rapport
 * does not know tells nothing.
 *
 * @param topic of the header `X-Shopify-Topic`, as `orders/paid`
 */
export function normaliseShopify(topic: string, payload: unknown): PayloadRead {
  const [resource, verb] = topic.split('/');
  if (verb === undefined || verb === 'delete') return NOTHING_TOLD;
  if (verb.endsWith('redact') || verb === 'data_request') return readShopifyRequest(topic, payload);
  switch (resource) {
    case 'orders':
      return verb === 'edited' ? NOTHING_TOLD : readShopifyOrder(topic, payload);
    case 'refunds':
      return readShopifyRefund(payload);
    case 'fulfillments':
      return readShopifyFulfillment(payload);
    case 'customers':
      return readCustomer(topic, payload);
    case 'customers_email_marketing_consent':
      return readPayload(ConsentPayload, payload, consented);
    default:
      return NOTHING_TOLD;
  }
}

function readCustomer(topic: string, payload: unknown): PayloadRead {
  if (topic !== 'customers/create' && topic !== 'customers/update') return NOTHING_TOLD;
  return readPayload(CustomerPayload, payload, (customer) => {
    const { id, email, first_name: first, last_name: last, email_marketing_consent: consent } = customer;
    const who = told({ id, email, name: told({ first, last }) });
    const isNew = topic === 'customers/create';
    const made: Reported = {
      id: `customer-${id}`,
      source: SOURCE,
      type: 'sign-up',
      at: customer.created_at,
      customer: who,
    };
    const changed: Reported = {
      ...made,
      id: `customer-${id}-${customer.updated_at}`,
      type: 'profile',
      at: customer.updated_at,
    };
    const agreed = consent ? consentEvents(id, email, consent, customer.created_at) : [];
    return { kind: 'events', events: [isNew ? made : changed, ...agreed] };
  });
}

function consented({
  customer_id,
  email_address,
  email_marketing_consent,
}: z.output<typeof ConsentPayload>): PayloadRead {
  return { kind: 'events', events: consentEvents(customer_id, email_address, email_marketing_consent) };
}

/**
 * A consent or its withdrawal as an event of its own, at its own moment: so a later withdrawal here stands.
 *
 * @param earliest when the customer was made; the moment of a consent that tells none
 */
function consentEvents(
  id: string,
  email: string | undefined,
  { state, opt_in_level, consent_updated_at }: z.output<typeof MailConsent>,
  earliest?: string,
): readonly Reported[] {
  const at = consent_updated_at ?? earliest;
  const given = consentOf(state.toLowerCase(), opt_in_level, at);
  if (!given || at === undefined) return [];
  const customer = told({ id, email });
  return [{ id: `consent-${id}-${at}`, source: SOURCE, type: 'profile', at, customer, consent: [given] }];
}

/** Pending, invalid and never asked tell nothing. */
function consentOf(
  state: string,
  level: string | undefined,
  at: string | undefined,
): ConsentGiven | undefined {
  if (state === 'unsubscribed') return { topic: TOPIC, withdrawn: true };
  if (state !== 'subscribed') return undefined;
  const how = level ? `, ${level}` : '';
  return { topic: TOPIC, basis: 'consent', wording: `Shopify: subscribed to e-mail marketing${how}, ${at}` };
}
