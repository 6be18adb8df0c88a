import type { Customer } from './customer.ts';
import { factsOf } from './facts.ts';
import { matches } from './filter.ts';
import type { Journey } from './journey.ts';
import { mayBeJudged } from './objection.ts';
import { admits, isForward, PHASES, type Phase } from './phases.ts';
import type { MoveRule, Playbook } from './playbook.ts';

/** A journey before its first decision: whatever is stored of it is taken up then. */
export function emptyJourney(customerId: string, phase: Phase): Journey {
  return {
    v: 1,
    customerId,
    phase,
    since: 0,
    seq: 0,
    heard: 0,
    now: 0,
    playbook: 0,
    agenda: [],
    counters: {},
  };
}

/** The journey to decide on: a run that begins takes up the stored snapshot, if there is one. */
export function takenUp(journey: Journey, customer: Customer): Journey {
  return journey.seq === 0 && customer.journey ? customer.journey : journey;
}

/**
 * The phase that a customer's facts imply, by the playbook's criteria; those with a delay count as not yet met.
 *
 * @param from the phase they are in for certain
 */
export function impliedPhase(
  customer: Customer,
  playbook: Playbook,
  at: number,
  from: Phase = 'first-contact',
): Phase {
  return PHASES.reduce<Phase>(
    (phase, candidate) => (candidate === phase ? (nextPhase(phase, customer, playbook, at) ?? phase) : phase),
    from,
  );
}

/** Where a phase's criteria send a customer at once. Whoever bought is no first contact, whatever these say. */
function nextPhase(phase: Phase, customer: Customer, playbook: Playbook, at: number): Phase | undefined {
  const facts = factsOf(customer, at, { phase, since: at }, playbook);
  const isMet = ({ to, after, when }: MoveRule) =>
    !after &&
    mayBeJudged(customer, when) &&
    isForward(phase, to) &&
    (!when || matches(when, facts, at)) &&
    admits(to, facts, at);

  const rule = playbook.phases[phase].movesOn.find(isMet);
  if (rule || phase !== 'first-contact' || admits(phase, facts, at)) return rule?.to;
  return 'getting-acquainted';
}
