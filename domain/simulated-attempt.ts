import { watchedCase } from './case-watch.ts';
import type { Customer } from './customer.ts';
import { whatItDoes } from './does.ts';
import type { GivenOut } from './given-out.ts';
import type { Playbook } from './playbook.ts';
import { counts, forgetBefore, type Outgoing, placeOf, refusalOf, takesPlace } from './proposal.ts';

/** What the simulation plays an attempt by. */
type Play = { readonly playbook: Playbook; readonly given: GivenOut };

/** Attempts a touch as the engine does, at a mail server that accepts everything. */
export function attempt(customer: Customer, task: Outgoing['task'], { playbook, given }: Play) {
  const touch = playbook.touches.find(({ name }) => name === task.touch);
  if (!touch) return { customer, outcome: { kind: 'skipped', reason: 'removed' } as const };
  if (whatItDoes(touch) === 'case-clock')
    return { customer, outcome: watchedCase(customer, task, playbook, task.due).outcome };

  const outgoing = { task, touch, playbook, at: task.due };
  const refusal = refusalOf(outgoing, customer) ?? given.refusal(outgoing, customer);
  const outcome = refusal ?? ({ kind: whatItDoes(touch) ? 'done' : 'accepted' } as const);
  if (!takesPlace(refusal)) return { customer, outcome };

  const place = placeOf(outgoing);
  const others = customer.contact.places.filter(
    (other) => other.key !== place.key && counts(other, forgetBefore(outgoing)),
  );
  const contact = { version: customer.contact.version + 1, places: [...others, place] };
  return { customer: { ...customer, contact }, outcome };
}
