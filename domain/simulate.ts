import { emptyJourney, impliedPhase } from './beginning.ts';
import type { Customer } from './customer.ts';
import { type Answer, decideNext, GRACE_MS } from './decide-next.ts';
import type { StoredEvent } from './event.ts';
import { emptyKnown, fold } from './facts.ts';
import { GivenOut } from './given-out.ts';
import type { Change, DecisionRecord, TaskOutcome } from './journey.ts';
import { ledgerAfter } from './ledger.ts';
import { isHeard } from './listening.ts';
import type { Phase } from './phases.ts';
import type { Playbook } from './playbook.ts';

import type { Outgoing } from './proposal.ts';

import { sendKey, type TouchOutcome } from './send.ts';
import { attempt } from './simulated-attempt.ts';
import { yearlyPoints } from './yearly-points.ts';

/** One touch that came due in a simulation. */
export type SimulatedTouch = {
  readonly customerId: string;
  readonly touch: string;
  readonly occasion: string;
  /** The phase the customer was in. */
  readonly phase: Phase;
  readonly due: number;
  readonly outcome: TouchOutcome;
};

/** One customer's simulated time. */
export type Simulated = {
  readonly touches: readonly SimulatedTouch[];
  /** What decisions settled without an attempt, as this version cannot do it; `due` is when it was wanted. */
  readonly unsupported: readonly SimulatedTouch[];
  /** What the decisions planned, moved, dropped and settled, in order. */
  readonly changes: readonly Change[];
  /** The phases lived in, each with when it began, epoch milliseconds. */
  readonly stays: readonly Stay[];
  readonly customer: Customer;
};

/** A time in one phase; it ends with the next one. */
export type Stay = { readonly phase: Phase; readonly since: number };

/** A customer at a moment of the simulation: what their journey waits for, and what it has not heard. */
type Standing = {
  readonly now: number;
  readonly customer: Customer;
  readonly next: Answer['next'];
  readonly unheard: readonly StoredEvent[];
};

/** What the simulation plays by, what has come of it, and the ledger of what is settled, by send key. */
type Play = {
  readonly playbook: Playbook;
  readonly touches: SimulatedTouch[];
  readonly unsupported: SimulatedTouch[];
  readonly changes: Change[];
  readonly stays: Stay[];
  readonly settled: Map<string, TouchOutcome>;
  readonly given: GivenOut;
};

/**
 * Plays one customer's events over the very rules that the engine runs, without servers and without waiting. Every
 * mail that leaves is accepted.
 *
 * @param events of one customer, in the order of their numbers, which is that of their receipt
 * @param until epoch milliseconds: what comes due, or is received, later is left
 * @param given what others were given of the surprises; by default nobody was
 */
export function simulate(
  events: readonly StoredEvent[],
  playbook: Playbook,
  until: number,
  given = new GivenOut(),
): Simulated {
  const received = events.filter(({ receivedAt }) => receivedAt <= until);
  const [first] = received;
  if (!first) throw new Error('a simulation needs an event');

  const lists = { touches: [], unsupported: [], changes: [], stays: [] };
  const play: Play = { ...lists, playbook, settled: new Map(), given };
  let standing: Standing = { now: first.receivedAt, customer: stranger(first), next: {}, unheard: [] };
  received.forEach((event, index) => {
    const told = receive(goUpTo(standing, event.receivedAt, play), event, play);
    standing = isTakenIn(event, received[index + 1]) ? told : hear(told, play);
  });
  const { customer } = goUpTo(standing, until, play);
  const { touches, unsupported, changes, stays } = play;
  return { touches, unsupported, changes, stays, customer };
}

/** Whether an event of the past is heard with the next one: a history is taken in at once. */
function isTakenIn({ acts, receivedAt }: StoredEvent, next: StoredEvent | undefined): boolean {
  return !acts && next?.acts === false && next.receivedAt === receivedAt;
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
  const { customerId, touch, occasion, phase, due } = task;
  const key = sendKey(task);
  const earlier = play.settled.get(key);
  if (earlier) return decide(standing, play, { touch, occasion, outcome: earlier });

  if (task.does === 'points') return givePoints(standing, task, play);
  const { customer, outcome } = attempt(standing.customer, task, play);
  play.touches.push({ customerId, touch, occasion, phase, due, outcome });
  if (outcome.kind !== 'postponed') play.settled.set(key, outcome);
  return decide({ ...standing, customer }, play, { touch, occasion, outcome });
}

/** Gives the points of a day that comes round, as the engine's activity does: by an event of Rapport's own. */
function givePoints(standing: Standing, task: Outgoing['task'], play: Play): Standing {
  const { customerId, touch, occasion, phase, due } = task;
  const { id, event } = yearlyPoints(task);
  const { n } = standing.customer;
  const stored = { ...event, id: `rapport/${id}`, customerId, n, receivedAt: due, acts: true };
  const outcome = { kind: 'done' } as const;
  play.settled.set(sendKey(task), outcome);
  play.touches.push({ customerId, touch, occasion, phase, due, outcome });
  return decide(receive(standing, stored, play), play, { touch, occasion, outcome });
}

/** Receives an event as the engine does: it is folded into the facts. */
function receive(before: Standing, event: StoredEvent, play: Play): Standing {
  const { customer, unheard } = before;
  const { playbook } = play;
  const known = fold(customer.n > 0 ? customer.known : undefined, event, playbook.shop.timeZone);
  const folded = { ...customer, known, n: event.n };
  const { membership } = ledgerAfter({ customer: folded, event, playbook });
  return {
    now: Math.max(before.now, event.receivedAt),
    customer: { ...folded, ...(membership && { membership }) },
    next: before.next,
    unheard: [...unheard, event],
  };
}

/** The journey hears of all that it has not heard, if it listens to any of it. */
function hear(standing: Standing, play: Play): Standing {
  const isWoken = standing.unheard.some(({ type }) => isHeard(type, play.playbook));
  return isWoken ? decide(standing, play) : standing;
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
  play.changes.push(...record.changes);
  if (journey.phase !== play.stays.at(-1)?.phase)
    play.stays.push({ phase: journey.phase, since: journey.since });

  const standing = { now, customer: { ...customer, journey }, next, unheard: [] };
  return journey.phase === before.phase ? standing : decide(standing, play);
}

/** What the decision settled by itself, as this version cannot do it. */
function unsupportedIn({ customerId, phase, changes }: DecisionRecord): SimulatedTouch[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'settled' || change.due === undefined) return [];
    const { touch, occasion, due, outcome } = change;
    return [{ customerId, touch, occasion, phase, due, outcome }];
  });
}
