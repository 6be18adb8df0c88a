import type { Ask } from './asks.ts';
import type { CASE_EVENTS, Resolution } from './case-words.ts';
import type { CaseState } from './complaints.ts';
import type { CustomerPatch, MetThrough, OrderItem } from './event.ts';
import type { Journey } from './journey.ts';
import type { Membership } from './membership.ts';

/** One customer as the rules see them; one document of `customers`. */
export type Customer = {
  /** A ULID; it names the workflow, `customer:<id>`. */
  readonly id: string;
  /** The number of the last event folded into `known`: facts and events always agree. */
  readonly n: number;
  /** `source:id`, each unique over all customers. */
  readonly externalIds: readonly string[];
  /** Keyed hash of the normalised address, unique while in use. */
  readonly emailKey?: string;
  readonly known: Known;
  readonly contact: ContactLog;
  /** Their part in the loyalty programme; absent: none ever. */
  readonly membership?: Membership;
  /** Why the address may never be written to again; absent: it may. */
  readonly suppressed?: string;
  readonly mergedInto?: string;
  readonly erased?: boolean;
  /** The journey as the last decision left it: a snapshot for pages, and for taking up. */
  readonly journey?: Journey;
};

/** What is folded from a customer's events. Facts (`facts.ts`) are read from it. */
export type Known = {
  /** When the first event of this customer happened, epoch milliseconds. */
  readonly createdAt: number;
  readonly profile: Omit<CustomerPatch, 'metThrough'> & { readonly answered: readonly string[] };
  readonly metThrough?: MetThrough & { readonly at: number };
  readonly orders: readonly Order[];
  readonly consents: Readonly<Record<string, Consent>>;
  readonly feedback: {
    readonly nps?: Score;
    readonly product?: Score;
    readonly csat?: Score;
    readonly lastAt?: number;
  };
  readonly complaints: {
    /** The ids of those that are not resolved: while there is any, marketing is silent. */
    readonly open: readonly string[];
    readonly lastAt?: number;
    /** How these stand; absent: there are none. */
    readonly standing?: readonly CaseState[];
  };
  readonly referralsPaid: number;
  /** Marketing is silent; `until` absent: until resumed. */
  readonly pause?: { readonly until?: number };
  readonly ended?: boolean;
  /** All marketing was refused then, epoch milliseconds; topics consented to since are excepted. */
  readonly marketingOff?: { readonly at: number };
  /** They objected to being profiled; epoch milliseconds. */
  readonly objection?: { readonly at: number };
  readonly marks?: Marks;
};

/** By which events that arrive out of order are settled. Rules read what is settled, never these. */
export type Marks = {
  /** When each part of the profile was told, epoch milliseconds. */
  readonly told: Readonly<Record<string, number>>;
  /** Every address, as its key, with when it was first told. */
  readonly addresses: readonly { readonly key: string; readonly at: number }[];
  readonly cases: readonly Case[];
  readonly paused?: { readonly at: number; readonly until?: number };
  readonly resumedAt?: number;
  readonly endedAt?: number;
  /** The last refusal of all marketing. */
  readonly marketingOffAt?: number;
  readonly objectedAt?: number;
  readonly objectionEndedAt?: number;
  /** When the customer themselves last consented, by topic. */
  readonly consentedAt?: Readonly<Record<string, number>>;
  /** The last start, purchase or sign-up. */
  readonly begunAt?: number;
};

/** What was told of a complaint: that there is one, an answer to it, its resolution, or that it is opened again. */
export type Case = {
  readonly id: string;
  readonly kind: (typeof CASE_EVENTS)[keyof typeof CASE_EVENTS];
  readonly at: number;
  readonly orderId?: string;
  /** The complaint that it is about. A resolution without one is of its order, or of all complaints before it. */
  readonly of?: string;
  readonly resolution?: Resolution;
  /** Of a complaint that triggers nothing: it is of old. */
  readonly history?: true;
};

type Score = { readonly score: number; readonly at: number };

/** One order; `placed` is absent while only its cancellation, delivery or refund has been heard of. */
export type Order = {
  readonly id: string;
  readonly at: number;
  /** Local calendar day in the customer's zone, `2026-11-22`. */
  readonly day: string;
  readonly placed: boolean;
  /** Minor units, before refunds. */
  readonly total: number;
  readonly currency?: string;
  readonly items: readonly OrderItem[];
  readonly cancelled?: boolean;
  /** `whole`, or pieces given back per SKU. */
  readonly refunded?: 'whole' | Readonly<Record<string, number>>;
  readonly deliveredAt?: number;
};

export type Consent = {
  readonly granted: boolean;
  readonly basis?: 'consent' | 'soft-opt-in' | 'service';
  readonly at: number;
  /** Nobody told when: `at` is the date of the list, and whatever has its own time counts before it. */
  readonly undated?: true;
  readonly wording?: string;
  /** Key of the address it was given for, where the event told. */
  readonly address?: string;
  /** It was given for an earlier address, and counts again only with that address. */
  readonly voided?: true;
  /** All marketing was refused since, and counts again only when the customer consents anew. */
  readonly off?: true;
};

/** What has been sent, as far as the frequency caps count it. */
export type ContactLog = {
  /** Raised by every change; a conditional update names the version it has seen. */
  readonly version: number;
  readonly places: readonly Place[];
};

/** A send that counts: of marketing against the caps, of service only as a mark that it was admitted. */
export type Place = {
  /** The send key, `<customerId>/<touch>/<occasion>`. */
  readonly key: string;
  readonly due: number;
  readonly kind: 'marketing' | 'service';
  /** What it asks: questions are counted apart too. */
  readonly asks?: Ask;
};
