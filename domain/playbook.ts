import type { AskPolicy } from './ask-cap.ts';
import type { Ask } from './asks.ts';
import type { Blackout } from './blackout.ts';
import type { ComplaintTerms } from './complaint-terms.ts';
import type { Loyalty } from './loyalty.ts';
import type { Mode } from './mode.ts';
import type { Weekday } from './open-days.ts';
import type { Phase } from './phases.ts';
import type { ProfileQuestion } from './profile-questions.ts';
import type { Retention } from './retention.ts';
import type { Surprise } from './surprise.ts';
import type { Topic } from './topics.ts';
import type { WarmUp } from './warm-up.ts';

/** A length of time as the playbook writes it, by calendar in the customer's zone: `7 days` keeps the wall clock. */
export type Span = {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
};

/** A MongoDB filter over the facts. */
export type Filter = Readonly<Record<string, unknown>>;

/** What is sent, when, to whom and why: one immutable version, parsed and checked. */
export type Playbook = {
  /** From 1; 0 for one that is not published. */
  readonly version: number;
  readonly shop: Shop;
  readonly contact: ContactPolicy;
  /** Absent: live. */
  readonly mode?: Mode;
  /** By key; absent: those that are there without being named. */
  readonly topics?: Readonly<Record<string, Topic>>;
  /** By name; absent: none. */
  readonly surprises?: Readonly<Record<string, Surprise>>;
  /** What is asked about customers, in order; absent: what `profile-questions.ts` asks. */
  readonly profile?: readonly ProfileQuestion[];
  readonly lapseAfter?: Span;
  readonly retention?: Retention;
  /** The loyalty programme; absent: there is none. */
  readonly loyalty?: Loyalty;
  /** How complaints are dealt with; absent: as by default. */
  readonly complaints?: ComplaintTerms;
  /** All touches, those of `always` too, in the order of the document. */
  readonly touches: readonly Touch[];
  readonly phases: Readonly<Record<Phase, PhaseRules>>;
  /** `entering` touches that came after others had entered, and are for those too, each with the version it came with. */
  readonly addEntering?: readonly { readonly touch: string; readonly version: number }[];
};

export type Shop = {
  readonly name: string;
  /** Key in `people` of who signs; or a name by itself. */
  readonly from: string;
  readonly people?: Readonly<
    Record<string, { readonly name: string; readonly role?: string; readonly photo?: string }>
  >;
  /** The From address; default: the user `hello` at the domain of `replyTo`. */
  readonly email?: string;
  readonly replyTo: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly address: string;
  readonly url?: string;
  readonly team: readonly string[];
  readonly softOptIn: readonly string[];
};

export type ContactPolicy = {
  /** Local hours in which no marketing leaves; may span midnight. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Most marketing sends in any `per` consecutive calendar days of the customer's zone. */
  readonly caps: readonly { readonly max: number; readonly days: number }[];
  /** How often anything is asked; absent: `ASK_POLICY`. */
  readonly asks?: AskPolicy;
  /** Share of customers who get no marketing, 0–1. */
  readonly holdout: number;
  readonly blackout?: readonly Blackout[];
  /** Local days of the week on which marketing leaves; absent: all. */
  readonly weekdays?: readonly Weekday[];
  /** Most mails a day of all customers together, while the sending domain is new. */
  readonly perDay?: WarmUp;
};

export type Touch = {
  readonly name: string;
  /** Absent: under `always`, in every phase. */
  readonly phase?: Phase;
  /** `entering`, `purchase`, …, or any event's type; `every` with a span. */
  readonly on: string;
  readonly every?: Span;
  readonly after: Span;
  /** Local wall-clock time, `09:30`: the first at or after the moment. */
  readonly at?: string;
  /** Local days of the week on which it leaves, in the place of those of `contact`. */
  readonly weekdays?: readonly Weekday[];
  readonly when?: Filter;
  readonly kind: 'service' | 'marketing';
  readonly topic: string;
  readonly expires?: Span;
  readonly cancelOn: readonly string[];
  readonly again: boolean;
  readonly priority: number;
  /** At most one in so long, counted from cause to cause. */
  readonly oncePer?: Span;
  /** Of customers, 0–1, by a stable hash. */
  readonly share?: number;
  /** Key in `shop.people` of who signs; absent: whoever signs for the shop. */
  readonly from?: string;
  /** What it asks. */
  readonly asks?: Ask;
  /** What this version cannot do yet: such a touch is `skipped(unsupported)`. */
  readonly surprise?: string;
  readonly suggest?: string;
  /** Whether it holds a link of the customer's own for friends. */
  readonly referral?: true;
  readonly by?: 'team';
  /** Of `by: team`: what whoever takes the task is to do; `{first}` is the customer's first name. */
  readonly todo?: { readonly nl: string; readonly en: string };
  /** Of touches that no marketer writes; see `whatItDoes`. */
  readonly does?: Does;
  /** Its links are counted, for those who agreed to it (the topic `clicks`); absent: nothing is. */
  readonly measure?: 'clicks';
};

/** What a touch does in the place of a mail: a task for a person, a look at the clock of a case, points to give. */
export type Does = 'team-task' | 'case-clock' | 'points';

export type PhaseRules = {
  readonly movesOn: readonly MoveRule[];
  readonly fallsBack?: { readonly to: Phase; readonly on: readonly string[] };
};

export type MoveRule = { readonly to: Phase; readonly after?: Span; readonly when?: Filter };
