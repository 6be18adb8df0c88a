import type { Ask } from './asks.ts';
import type { Customer } from './customer.ts';
import type { Taken } from './frequency-cap.ts';
import { dayNumber } from './local-time.ts';
import type { Playbook, Touch } from './playbook.ts';

/** How often a customer is asked anything, and for how long they may answer; all in calendar days. */
export type AskPolicy = {
  /** Most questions of all kinds in any `days`. */
  readonly max: number;
  readonly days: number;
  /** At most one question whether they would recommend us in so many. */
  readonly nps: number;
  /** For so long after it was due a question may be answered, and the answer changed. */
  readonly answerWithin: number;
};

/** What holds where the playbook says nothing of it. */
export const ASK_POLICY: AskPolicy = { max: 1, days: 30, nps: 180, answerWithin: 30 };

/** No cap on questions reaches further back, days. */
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/** A question that was asked, or is planned, and on which local day (`dayNumber`). */
export type AskedOn = { readonly ask: Ask; readonly day: number };

export function askPolicyOf({ contact }: Pick<Playbook, 'contact'>): AskPolicy {
  return contact.asks ?? ASK_POLICY;
}

/** What a touch that asks must find room under, besides the caps of all marketing; others: nothing. */
export function askCapsFor(
  { asks }: Pick<Touch, 'asks'>,
  playbook: Playbook,
  asked: readonly AskedOn[],
): readonly Taken[] {
  if (!asks) return [];
  const { max, days, nps } = askPolicyOf(playbook);
  const all = { days: asked.map(({ day }) => day), caps: [{ max, days }] };
  if (asks !== 'nps') return [all];
  const recommend = asked.filter(({ ask }) => ask === 'nps').map(({ day }) => day);
  return [all, { days: recommend, caps: [{ max: 1, days: nps }] }];
}

/** The questions that hold a place; that of `except` does not count. */
export function askedDays({ contact }: Customer, zone: string, except?: string): readonly AskedOn[] {
  return contact.places.flatMap(({ key, due, asks }) =>
    asks && key !== except ? [{ ask: asks, day: dayNumber(due, zone) }] : [],
  );
}

/**
 * Places of questions that were due before this moment count for no cap any more.
 *
 * @param forgetBefore the same of all other places, epoch milliseconds
 */
export function forgetAsksBefore(forgetBefore: number): number {
  return forgetBefore - LONGEST_DAYS * DAY_MS;
}
