import { forgetAsksBefore } from './ask-cap.ts';
import { isChosen } from './chosen.ts';
import { proposeContact, type Refusal } from './contact-policy.ts';
import type { Customer, Place } from './customer.ts';
import { factsOf } from './facts.ts';
import { matches } from './filter.ts';
import type { Task } from './journey.ts';
import { isRehearsed } from './mode.ts';
import { asWishedBy, LONGEST_WISH } from './own-cap.ts';
import type { Filter, Playbook, Touch } from './playbook.ts';
import { questionsFor } from './profile-questions.ts';
import { isVirtual, sendKey } from './send.ts';
import { surpriseOf } from './surprise.ts';

const DAY_MS = 86_400_000;

/** A touch on its way out. */
export type Outgoing = {
  readonly task: Omit<Task, 'timeoutMs'>;
  readonly touch: Touch;
  readonly playbook: Playbook;
  /** The moment that counts: the task's `due` while the clock is near it, else the clock's. */
  readonly at: number;
};

/** Whether this customer may be contacted, as they are known now; or why not. */
export function refusalOf({ task, touch, playbook, at }: Outgoing, customer: Customer): Refusal | undefined {
  const since = customer.journey?.since ?? customer.known.createdAt;
  const facts = factsOf(customer, at, { phase: task.phase, since }, playbook);
  const decision = proposeContact({
    ...{ customer, touch, playbook: asWishedBy(customer, playbook), key: sendKey(task), at },
    expires: task.expires,
    wanted:
      isWanted({ task, touch, playbook }, (when) => matches(when, facts, at)) &&
      hasQuestion(touch, customer, playbook),
    inHoldout: facts.holdout,
    rehearsed: isRehearsed(customer.id, playbook.mode),
  });
  return decision.kind === 'send' ? undefined : decision;
}

/** Whether the conditions of a touch, and of what it gives, hold; whom a person chose needs to meet the latter only. */
function isWanted(
  { task, touch, playbook }: Omit<Outgoing, 'at'>,
  holds: (when: Filter) => boolean,
): boolean {
  const when = isChosen(task) ? undefined : touch.when;
  const given = surpriseOf(touch, playbook)?.when;
  return (!when || holds(when)) && (!given || holds(given));
}

/** Whether there is anything left to ask, where a touch asks about the customer themselves. */
function hasQuestion({ asks }: Touch, { known }: Customer, playbook: Playbook): boolean {
  return asks !== 'profile' || questionsFor(known, playbook).length > 0;
}

/** Whether a place under the caps is taken: by what leaves, and by what would have left but for holdout or rehearsal. */
export function takesPlace(refusal: Refusal | undefined): boolean {
  return !refusal || (refusal.kind === 'skipped' && isVirtual(refusal.reason));
}

/** The place a touch takes. */
export function placeOf({ task, touch, at }: Outgoing): Place {
  return { key: sendKey(task), due: at, kind: touch.kind, ...(touch.asks && { asks: touch.asks }) };
}

/** Places due before this moment count for no cap any more. */
export function forgetBefore({ playbook, at }: Outgoing): number {
  const longest = Math.max(LONGEST_WISH, ...playbook.contact.caps.map(({ days }) => days));
  return at - (longest + 1) * DAY_MS;
}

/** Whether a place may still count for a cap. */
export function counts({ due, asks }: Place, forgetBefore: number): boolean {
  return due >= (asks ? forgetAsksBefore(forgetBefore) : forgetBefore);
}
