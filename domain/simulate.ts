import { emptyJourney, impliedPhase } from './beginning.ts';
import type { Customer } from './customer.ts';
import { type Answer, decideNext, GRACE_MS } from './decide-next.ts';
import type { StoredEvent } from './event.ts';
import { emptyKnown, fold } from './facts.ts';
import type { DecisionRecord, TaskOutcome } from './journey.ts';
import { isHeard } from './listening.ts';
import type { Playbook } from './playbook.ts';
import { forgetBefore, type Outgoing, placeOf, refusalOf, takesPlace } from './proposal.ts';
import { type SendOutcome, sendKey } from './send.ts';

/** One touch that came due in a simulation. */
export type SimulatedTouch = {
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  readonly due: number;
  readonly outcome: SendOutcome;
};

export type Simulated = {
  readonly touches: readonly SimulatedTouch[];
  /** What decisions settled without an attempt, as this version cannot do it; `due` is when it was wanted. */
  readonly unsupported: readonly SimulatedTouch[];
  readonly customer: Customer;
};

/** A customer at a moment of the simulation: what their journey waits for, and what it has not heard. */
type Standing = {
  readonly now: number;
  readonly customer: Customer;
  readonly next: Answer['next'];
  readonly unheard: readonly StoredEvent[];
};

/** What the simulation plays by, what has come due in it, and the ledger of what is settled, by send key. */
type Play = {
  readonly playbook: Playbook;
  readonly touches: SimulatedTouch[];
  readonly unsupported: SimulatedTouch[];
  readonly settled: Map<string, SendOutcome>;
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

  const play: Play = { playbook, touches: [], unsupported: [], settled: new Map() };
  const start: Standing = { now: first.at, customer: stranger(first), next: {}, unheard: [] };
  const end = events
    .filter(({ at }) => at <= until)
    .reduce((standing, event) => receive(goUpTo(standing, event.at, play), event, play), start);
  const { customer } = goUpTo(end, until, play);
  return { touches: play.touches, unsupported: play.unsupported, customer };
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
function goUpTo(from: Standing, until: number, play: Play): Standing {
  let standing = from;
  while (standing.next.at !== undefined && standing.next.at < until) {
    standing = { ...standing, now: Math.max(standing.now, standing.next.at) };
    standing = standing.next.task ? perform(standing, standing.next.task, play) : decide(standing, play);
  }
  return standing;
}

/** Performs a task, unless the ledger has it settled already; its outcome is heard. */
function perform(standing: Standing, task: Outgoing['task'], play: Play): Standing {
  const { customerId, touch, occasion, due } = task;
  const key = sendKey(task);
  const earlier = play.settled.get(key);
  if (earlier) return decide(standing, play, { touch, occasion, outcome: earlier });

  const { customer, outcome } = attempt(standing.customer, task, play.playbook);
  play.touches.push({ customerId, touch, occasion, due, outcome });
  if (outcome.kind !== 'postponed') play.settled.set(key, outcome);
  return decide({ ...standing, customer }, play, { touch, occasion, outcome });
}

/** Receives an event as the engine does: it is folded into the facts, then the journey hears of it. */
function receive(before: Standing, event: StoredEvent, play: Play): Standing {
  const { customer, unheard } = before;
  const known = fold(customer.n > 0 ? customer.known : undefined, event, play.playbook.shop.timeZone);
  const standing = {
    now: Math.max(before.now, event.at),
    customer: { ...customer, known, n: event.n },
    next: before.next,
    unheard: [...unheard, event],
  };
  return isHeard(event.type, play.playbook) ? decide(standing, play) : standing;
}

/** Asks the rules; a journey that moved on asks once more, as its next workflow does first thing. */
function decide({ now, customer, unheard }: Standing, play: Play, outcome?: TaskOutcome): Standing {
  const { playbook } = play;
  const before = customer.journey ?? emptyJourney(customer.id, impliedPhase(customer, playbook, now));
  const { journey, next, record } = decideNext({
    ...{ journey: before, customer, playbook, events: unheard, now, grace: GRACE_MS },
    outcomes: outcome ? [outcome] : [],
  });
  play.unsupported.push(...unsupportedIn(record));
  const standing = { now, customer: { ...customer, journey }, next, unheard: [] };
  return journey.phase === before.phase ? standing : decide(standing, play);
}

/** What the decision settled by itself, as this version cannot do it. */
function unsupportedIn({ customerId, changes }: DecisionRecord): SimulatedTouch[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'settled' || change.due === undefined) return [];
    const { touch, occasion, due, outcome } = change;
    return [{ customerId, touch, occasion, due, outcome }];
  });
}

function attempt(customer: Customer, task: Outgoing['task'], playbook: Playbook) {
  const touch = playbook.touches.find(({ name }) => name === task.touch);
  if (!touch) return { customer, outcome: { kind: 'skipped', reason: 'removed' } as const };

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
