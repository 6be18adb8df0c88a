import type { z } from 'zod';
import type { Send } from '../data/sends.ts';
import type { Customer } from '../domain/customer.ts';
import type { Appointment, Cause, DecisionRecord } from '../domain/journey.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { JourneyAnswer } from './answers.ts';
import { phaseOf, sinceOf, stateOf } from './journey-state.ts';

type Answer = z.output<typeof JourneyAnswer>;

/** What a customer is looked at with. */
export type Moment = { readonly playbook: Playbook | undefined; readonly now: number };

/** Fields of the domain that hold an instant: epoch milliseconds inside, RFC 3339 in HTTP. */
const INSTANTS: ReadonlySet<string> = new Set(['at', 'due', 'uncapped', 'until', 'expires', 'since']);

/** A customer's journey as the API tells it. */
export function journeyAnswer(
  customer: Customer,
  { playbook, now }: Moment,
  past: { readonly sends: readonly Send[]; readonly decisions: readonly DecisionRecord[] },
): Answer {
  const { journey } = customer;
  return {
    customerId: customer.id,
    phase: phaseOf(customer, playbook, now),
    since: iso(sinceOf(customer)),
    state: stateOf(customer, now),
    objection: customer.known.objection ? { at: iso(customer.known.objection.at) } : null,
    playbook: journey?.playbook ?? 0,
    agenda: (journey?.agenda ?? []).map(appointmentAnswer),
    sends: past.sends.map(sendAnswer),
    decisions: past.decisions.map(({ seq, at, heard, changes }) => ({
      seq,
      at: iso(at),
      heard: heard.map(withInstants),
      changes: changes.map((change) => ({ ...withInstants(change), kind: change.kind })),
    })),
  };
}

function appointmentAnswer({ touch, occasion, due, because, expires, priority }: Appointment) {
  return {
    touch,
    occasion,
    due: due === undefined ? null : iso(due),
    because: causeAnswer(because),
    expires: expires === undefined ? null : iso(expires),
    priority,
  };
}

function sendAnswer({ _id, touch, occasion, due, outcome, bounce, spamComplaintAt, byHand }: Send) {
  return {
    key: _id,
    touch,
    occasion,
    at: iso(due),
    outcome: outcome ? { ...withInstants(outcome), kind: outcome.kind } : null,
    ...(bounce && { bounce: { ...bounce, at: iso(bounce.at) } }),
    ...(spamComplaintAt && { spamComplaintAt: spamComplaintAt.toISOString() }),
    ...(byHand && { byHand: byHand.map((hand) => ({ ...hand, at: iso(hand.at) })) }),
  };
}

function causeAnswer({ type, id, at }: Cause) {
  return { type, id, at: iso(at) };
}

/** The same with its instants as text, however deep they are. */
function withInstants(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (INSTANTS.has(key) && typeof inner === 'number') return [key, iso(inner)];
      return [key, typeof inner === 'object' && inner !== null ? withInstants(inner) : inner];
    }),
  );
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
