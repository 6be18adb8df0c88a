import type { Phase } from './phases.ts';
import type { Does } from './playbook.ts';
import type { TouchOutcome } from './send.ts';

/** A customer's course as their workflow carries it: small, versioned, without any personal data. */
export type Journey = {
  readonly v: 1;
  readonly customerId: string;
  readonly phase: Phase;
  /** When the phase began, epoch milliseconds, counted from its cause; 0 before the first decision. */
  readonly since: number;
  /** How many decisions were made. */
  readonly seq: number;
  /** The number of the last event heard; a lower one is a repeat. */
  readonly heard: number;
  /** The moment of the last decision, epoch milliseconds; it never runs backwards. */
  readonly now: number;
  readonly ended?: 'ended' | 'merged' | 'erased';
  /** The order at whose silence the customer lapsed. */
  readonly lapsed?: string;
  /** No marketing until the customer's next own event: the lapse touches went unanswered. */
  readonly resting?: boolean;
  /** The lapse after which the customer has rested, or that they answered: a rest comes once a lapse at most. */
  readonly rested?: string;
  /** The tier of membership at the last decision, by name; absent: none. */
  readonly tier?: string;
  /** The last day on which points expire that the customer was told of, `2028-11-30`. */
  readonly expiryTold?: string;
  /** An appointment came due while mail was stopped: the journey is to be woken when it is started again. */
  readonly stopped?: true;
  /** Placed in the phase, not entered: its criteria wait for the customer's next event, delays apart. */
  readonly placed?: true;
  /** The playbook version that the agenda was last planned with. */
  readonly playbook: number;
  readonly agenda: readonly Appointment[];
  readonly counters: Readonly<Record<string, Counter>>;
  readonly unheard?: readonly Heard[];
};

/** One coming touch. */
export type Appointment = {
  readonly touch: string;
  readonly occasion: string;
  /** The planned moment, epoch milliseconds; absent while it waits. */
  readonly due?: number;
  /** Whether it waits for a hold, a pause or a rest to be lifted, or for mail to be started again. */
  readonly waits?: true;
  /** The moment its cause and the playbook ask for, before the contact policy moved it. */
  readonly wanted: number;
  /** Not before this moment: a postponement or a delay. */
  readonly notBefore?: number;
  readonly because: Cause;
  /** After this moment it is pointless; absent: never. */
  readonly expires?: number;
  /** The higher goes first, 0–100. */
  readonly priority: number;
  /** How often its activity failed. */
  readonly failures?: number;
  /** How often an attempt was lost with its worker. */
  readonly losses?: number;
  /** A person asked for it: it counts from that moment, not from the touch's cause. */
  readonly again?: true;
};

/** What a touch answers: an event's type, identity and time. */
export type Cause = { readonly type: string; readonly id: string; readonly at: number };

/** How often a touch was planned in this life, its last occasion, and when that one's cause was. */
type Counter = {
  readonly count: number;
  readonly last: string;
  readonly at: number;
  /** Of what comes `every` so long: the moment that its last round counts from, epoch milliseconds. */
  readonly from?: number;
};

/** The numbers, types and times of events, never their contents. */
export type Delivery = {
  readonly upTo: number;
  readonly events: readonly { readonly n: number; readonly type: string; readonly at: number }[];
};

/** What became of a task. */
export type TaskOutcome = {
  readonly touch: string;
  readonly occasion: string;
  readonly outcome: TouchOutcome;
};

/** What a journey has not considered yet. */
export type Heard = Delivery | TaskOutcome;

/** One touch to send, or to do, now. */
export type Task = {
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  readonly due: number;
  readonly because: Cause;
  readonly expires?: number;
  readonly phase: Phase;
  readonly playbook: number;
  /** What it does in the place of a mail. */
  readonly does?: Does;
  /** An attempt's `startToCloseTimeout`, milliseconds. */
  readonly timeoutMs: number;
};

/** What the workflow asks. */
export type Situation = {
  readonly journey: Journey;
  readonly unheard: readonly Heard[];
  readonly now: number;
};

/** What it is answered. */
export type Decision = {
  readonly journey: Journey;
  /** Without `at`: until something happens. */
  readonly next: { readonly at?: number; readonly task?: Task };
};

/** When a touch is to come. */
export type Planned = {
  readonly touch: string;
  readonly occasion: string;
  /** Absent while it waits. */
  readonly due?: number;
  /** When it would be due but for the frequency caps; absent: they do not move it. */
  readonly uncapped?: number;
};

/** One line of a relationship's biography. */
export type Change =
  | { readonly kind: 'entered'; readonly phase: Phase; readonly because: Cause }
  | { readonly kind: 'placed'; readonly phase: Phase; readonly because: Cause }
  | (Planned & { readonly kind: 'planned'; readonly because: Cause })
  | (Planned & { readonly kind: 'replanned'; readonly reason: string })
  | {
      readonly kind: 'dropped';
      readonly touch: string;
      readonly occasion: string;
      readonly reason: 'phase-left' | 'cancelled' | 'removed' | 'moot' | 'ended' | 'objection';
    }
  | {
      readonly kind: 'settled';
      readonly touch: string;
      readonly occasion: string;
      /** When it was wanted, where no attempt was made. */
      readonly due?: number;
      readonly outcome: TouchOutcome;
    }
  /** The tier of membership is another; an absent name is none. */
  | { readonly kind: 'tier'; readonly from?: string; readonly to?: string; readonly because: Cause }
  | {
      readonly kind: 'lapsed' | 'came-back' | 'rests' | 'woke' | 'ended' | 'taken-up';
      readonly because: Cause;
    };

/** A recorded answer of `decide`, with its cause. `_id` is `customerId/seq`. */
export type DecisionRecord = {
  readonly customerId: string;
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly phase: Phase;
  readonly playbook: number;
  readonly heard: readonly (Cause | TaskOutcome)[];
  readonly changes: readonly Change[];
};
