import type { ConsentGiven, CustomerPatch, EventData } from './event.ts';
import type { PrivacyRequest } from './privacy-request.ts';
import type { Problem } from './strict.ts';

/** An event as a connector reads it out of a foreign payload; it is then checked as any event that is posted. */
export type Reported = ReportedOfOrder & {
  readonly customer: Omit<CustomerPatch, 'emailKey'> & { readonly id?: string };
};

/** The same, of whom it is about only the order is known. */
export type ReportedOfOrder = {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339. */
  readonly at: string;
  readonly consent?: readonly ConsentGiven[];
  readonly data?: EventData;
};

/** What a payload comes to. */
export type PayloadRead =
  | {
      readonly kind: 'events';
      /** None: it tells nothing that Rapport can use, or names nobody. */
      readonly events: readonly Reported[];
    }
  | {
      readonly kind: 'of-order';
      /** The identity of the order's purchase, `source/id`. */
      readonly order: string;
      readonly events: readonly ReportedOfOrder[];
    }
  | { readonly kind: 'request'; readonly request: PrivacyRequest }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** A payload that tells nothing that Rapport can use. */
export const NOTHING_TOLD: PayloadRead = { kind: 'events', events: [] };

/** The id of an order's purchase, and so of the order, within its shop. */
export function orderEventId(orderId: string): string {
  return `order:${orderId}`;
}
