import { impliedPhase } from '../domain/beginning.ts';
import type { Customer } from '../domain/customer.ts';
import type { Phase } from '../domain/phases.ts';
import type { Playbook } from '../domain/playbook.ts';

/** How a journey stands, the strongest first: what has ended is not paused any more. */
export const STATES = ['ended', 'held', 'paused', 'resting', 'active'] as const;

export type State = (typeof STATES)[number];

/**
 * Tells how a journey stands, by facts first: they hold from the moment an event was answered 202.
 *
 * @param now epoch milliseconds; a pause with an end is over by itself
 */
export function stateOf(customer: Customer, now: number): State {
  const { known, journey } = customer;
  if (hasEnded(customer)) return 'ended';
  if (known.complaints.open.length > 0) return 'held';
  if (known.pause && (known.pause.until ?? Infinity) > now) return 'paused';
  return journey?.resting ? 'resting' : 'active';
}

/** Whether the journey has ended, or will as soon as its workflow hears of it. */
export function hasEnded({ known, journey }: Customer): boolean {
  return known.ended === true || journey?.ended === 'merged' || journey?.ended === 'erased';
}

/** The phase a customer is in; before their first decision, the one that their facts imply. */
export function phaseOf(customer: Customer, playbook: Playbook | undefined, now: number): Phase {
  if (customer.journey) return customer.journey.phase;
  return playbook ? impliedPhase(customer, playbook, now) : 'first-contact';
}

/** Since when they are in it; before the first decision, since we have known them. */
export function sinceOf({ journey, known }: Customer): number {
  return journey?.since || known.createdAt;
}
