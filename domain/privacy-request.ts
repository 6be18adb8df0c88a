import { keyedHash, safeId } from './hash.ts';
import { externalId } from './identity.ts';

/** What a customer may ask of a shop by law (GDPR art. 15, 17), and the shop of Rapport. */
export type PrivacyRequest = {
  /** The same each time it is told, no address: `shopify/erase-customer/954889/191167/f9qP2UE3YbA_`. */
  readonly id: string;
  readonly kind: 'erase-customer' | 'erase-shop' | 'tell-data';
  readonly source: string;
  /** Of which shop, `zuiderzon.myshopify.example`. */
  readonly shop?: string;
  /** The shop's own id of the customer. */
  readonly customerId?: string;
  readonly email?: string;
  /** The shop's own ids of the orders it is about; none: all. */
  readonly orders: readonly string[];
};

/** How a request was answered; nothing in it leads to whom it was about. */
export type PrivacyAnswer = {
  /** `not-known`: nobody here is meant, so nothing is kept of them. `by-hand`: a person says that it was answered. */
  readonly how: 'erased' | 'not-known' | 'by-hand';
  /** The connector by which the shop asked, `command`, or `anna (command)`. */
  readonly by: string;
  /** Our own ids of who was erased: `erasures` tells how far each is. */
  readonly erased: readonly string[];
};

/** A request by an id that outlives whom it is about: `shopify/erase-customer/` and a keyed hash. */
export function nameless(hashKey: string, request: PrivacyRequest): PrivacyRequest {
  const { source, kind, id } = request;
  return { ...request, id: `${source}/${kind}/${keyedHash(hashKey, id).slice(0, 22)}` };
}

/** Whether an id leads to nobody; those of before that was so may hold the shop's own. */
export function isNameless(id: string): boolean {
  return /^[^/]+\/(erase-customer|erase-shop|tell-data)\/[\w-]{22}$/.test(id);
}

/** What we know by the shop's id in a request, as it is kept; undefined: it tells none. */
export function askedRef(hashKey: string, { source, customerId }: PrivacyRequest): string | undefined {
  return customerId === undefined ? undefined : externalId(source, safeId(hashKey, customerId));
}

/**
 * Whether a customer whom a request names by id or address is meant.
 *
 * An address alone does not do where the same shop calls its customer otherwise: they are another customer of the
 * shop's, who did not ask for anything.
 *
 * @param ref the shop's id in the request, as it is kept
 */
export function isMeant(
  { source }: PrivacyRequest,
  ref: string | undefined,
  externalIds: readonly string[],
): boolean {
  const theirs = externalIds.filter((id) => id.startsWith(`${source}:`));
  return ref === undefined || theirs.length === 0 || theirs.includes(ref);
}
