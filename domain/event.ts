import type { Resolution, Severity, Via } from './case-words.ts';
import type { Cause } from './journey.ts';
import type { ShipTo } from './ship-to.ts';

/** What a shop, a form or a marketer reports of a customer, as kept: numbered per customer, never changed. */
export type StoredEvent = {
  /** The event's identity, `source/id`. */
  readonly id: string;
  readonly customerId: string;
  /** The customer's n-th event, from 1, without a gap. */
  readonly n: number;
  readonly type: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** When Rapport took it in, epoch milliseconds (logical in a time-lapse). */
  readonly receivedAt: number;
  /** Whether it may trigger touches: false for imports, for what is older than 48 hours, for what a merge moved. */
  readonly acts: boolean;
  /** It triggered touches, before a merge moved it here. */
  readonly acted?: boolean;
  readonly customer?: CustomerPatch;
  readonly consent?: readonly ConsentGiven[];
  readonly data?: EventData;
};

/** What an event says of the customer it is about; an absent field says nothing, it never erases. */
export type CustomerPatch = {
  readonly email?: string;
  readonly emailKey?: string;
  readonly name?: { readonly first?: string; readonly last?: string };
  readonly locale?: string;
  readonly timeZone?: string;
  /** `1984-06-21`, or `06-21` without the year; empty: the customer took it back. */
  readonly birthday?: string;
  readonly interests?: readonly string[];
  /** At most one marketing mail in so many days, as the customer wished; 0: as the shop likes. */
  readonly everyDays?: number;
  readonly metThrough?: MetThrough;
};

export type MetThrough = { readonly channel: string; readonly campaign?: string; readonly referrer?: string };

/** A consent given, or withdrawn, as an event tells of it. */
export type ConsentGiven = (
  | {
      readonly topic: string;
      readonly basis: 'consent' | 'soft-opt-in' | 'service';
      /** To the letter. */
      readonly wording?: string;
      /** As whoever asked calls it. */
      readonly wordingVersion?: string;
      /** The language it was asked in. */
      readonly locale?: string;
      readonly evidence?: ConsentEvidence;
    }
  | { readonly topic: string; readonly withdrawn: true }
) &
  Listed;

/** By what a consent can be shown to have been given; instants in RFC 3339. Nothing of it tells who it was. */
export type ConsentEvidence = {
  readonly form?: string;
  /** The page, without its query. */
  readonly where?: string;
  /** When it was asked for, and when confirmed by a link (double opt-in). */
  readonly askedAt?: string;
  readonly confirmedAt?: string;
  /** Of a soft opt-in: where the objection was offered. */
  readonly objection?: string;
  /** Of a leaving that was a mistake: the id of its proof. */
  readonly restores?: string;
};

/** How well it is known. */
type Listed = {
  /** Nobody told when; the event's `at` is only the date of the list that it stood on. */
  readonly undated?: true;
  /** It stood on a list that was imported: nobody told us themselves. */
  readonly imported?: true;
};

export type OrderItem = {
  readonly sku: string;
  readonly name: string;
  readonly category?: string;
  readonly quantity: number;
  /** Of one piece, in minor units of the order's currency. */
  readonly price: number;
};

/** The union of what the known types carry (design §9); unknown types may carry anything besides. */
export type EventData = {
  readonly orderId?: string;
  /** In minor units. */
  readonly total?: number;
  readonly currency?: string;
  readonly items?: readonly OrderItem[];
  /** Of `purchase`: where it goes to. */
  readonly shipTo?: ShipTo;
  readonly question?: string;
  readonly score?: number;
  readonly comment?: string;
  readonly text?: string;
  /** Of a complaint: how it came, and how much it matters; of what follows from one: which it is. */
  readonly via?: Via;
  readonly severity?: Severity;
  readonly case?: string;
  readonly resolution?: Resolution;
  /** Of `merged`: the complaints that stay open though the other's were resolved. */
  readonly reopened?: readonly string[];
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Of `pause`: epoch milliseconds; absent: until resumed. */
  readonly until?: number;
  /** Of `move`: the phase. */
  readonly to?: string;
  readonly because?: string;
  /** Of `start` and `move`: whether `entering` touches are wanted. */
  readonly welcome?: boolean;
  /** Of `send-again`: which mail, what it answered, and who wants it; of `surprise`: by which mail it is told. */
  readonly touch?: string;
  readonly occasion?: string;
  readonly cause?: Cause;
  readonly by?: string;
  readonly [other: string]: unknown;
};
