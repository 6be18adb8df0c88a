import { emptyJourney, impliedPhase } from './beginning.ts';
import type { Customer } from './customer.ts';
import { type Answer, decideNext, GRACE_MS } from './decide-next.ts';
import type { StoredEvent } from './event.ts';
import { emptyKnown, fold } from './facts.ts';
import type { TaskOutcome } from './journey.ts';
import { isHeard } from './listening.ts';
import type { Playbook } from './playbook.ts';
import { forgetBefore, type Outgoing, placeOf, refusalOf, takesPlace } from './proposal.ts';
import type { SendOutcome } from './send.ts';
import { isSupported } from './support.ts';

/** One touch that came due in a simulation. */
export type SimulatedTouch = {
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  readonly due: number;
  readonly outcome: SendOutcome;
};

export type Simulated = { readonly touches: readonly SimulatedTouch[]; readonly customer: Customer };

/** A customer at a moment of the simulation: what their journey waits for, and what it has not heard. */
type Standing = {
  readonly customer: Customer;
  readonly next: Answer['next'];
  readonly unheard: readonly StoredEvent[];
};

/**
 * Plays one customer's events over the very rules that the engine runs, without servers and without waiting. Every
 * mail that leaves is accepted.
 *
 * @param events of one customer, in the order of their numbers
 * @param until epoch milliseconds: what comes due later is left
 */
export function simulate(events: readonly StoredEvent[], playbook: Playbook, until: number): Simulated {
  const [first] = events;
  if (!first) throw new Error('a simulation needs an event');

  const touches: SimulatedTouch[] = [];
  let standing: Standing = { customer: stranger(first), next: {}, unheard: [] };
  for (const event of events.filter(({ at }) => at <= until)) {
    standing = goUpTo(standing, event.at, playbook, touches);
    standing = receive(standing, event, playbook);
  }
  return { touches, customer: goUpTo(standing, until, playbook, touches).customer };
}

/** A customer of whom nothing has been folded yet. */
function stranger({ customerId, at }: StoredEvent): Customer {
  return {
    id: customerId,
    n: 0,
    externalIds: [],
    known: emptyKnown(at),
    contact: { version: 0, places: [] },
  };
}

/** Lets time pass: performs what comes due before `until`. */
function goUpTo(from: Standing, until: number, playbook: Playbook, touches: SimulatedTouch[]): Standing {
  let standing = from;
  while (standing.next.at !== undefined && standing.next.at < until) {
    const { at, task } = standing.next;
    if (!task) {
      standing = decide(standing, { at, playbook });
      continue;
    }
    const { customerId, touch, occasion, due } = task;
    const { customer, outcome } = attempt(standing.customer, task, playbook);
    touches.push({ customerId, touch, occasion, due, outcome });
    standing = decide({ ...standing, customer }, { at, playbook, outcome: { touch, occasion, outcome } });
  }
  return standing;
}

/** Receives an event as the engine does: it is folded into the facts, then the journey hears of it. */
function receive(
  { customer: before, next, unheard }: Standing,
  event: StoredEvent,
  playbook: Playbook,
): Standing {
  const known = fold(before.n > 0 ? before.known : undefined, event, playbook.shop.timeZone);
  const standing = { customer: { ...before, known, n: event.n }, next, unheard: [...unheard, event] };
  return isHeard(event.type, playbook) ? decide(standing, { at: event.at, playbook }) : standing;
}

type Happening = { readonly at: number; readonly playbook: Playbook; readonly outcome?: TaskOutcome };

/** Asks the rules; a journey that moved on asks once more, as its next workflow does first thing. */
function decide({ customer, unheard }: Standing, { at, playbook, outcome }: Happening): Standing {
  const before = customer.journey ?? emptyJourney(customer.id, impliedPhase(customer, playbook, at));
  const { journey, next } = decideNext({
    ...{ journey: before, customer, playbook, events: unheard, now: at, grace: GRACE_MS },
    outcomes: outcome ? [outcome] : [],
  });
  const standing = { customer: { ...customer, journey }, next, unheard: [] };
  return journey.phase === before.phase ? standing : decide(standing, { at, playbook });
}

function attempt(customer: Customer, task: Outgoing['task'], playbook: Playbook) {
  const touch = playbook.touches.find(({ name }) => name === task.touch);
  if (!touch) return { customer, outcome: { kind: 'skipped', reason: 'removed' } as const };
  if (!isSupported(touch)) return { customer, outcome: { kind: 'skipped', reason: 'unsupported' } as const };

  const outgoing = { task, touch, playbook, at: task.due };
  const refusal = refusalOf(outgoing, customer);
  const outcome = refusal ?? ({ kind: 'accepted' } as const);
  if (!takesPlace(refusal)) return { customer, outcome };

  const place = placeOf(outgoing);
  const others = customer.contact.places.filter(
    ({ key, due }) => key !== place.key && due >= forgetBefore(outgoing),
  );
  const contact = { version: customer.contact.version + 1, places: [...others, place] };
  return { customer: { ...customer, contact }, outcome };
}
