import type { Send } from '../../data/sends.ts';
import type { Journey } from '../../domain/journey.ts';
import { CUSTOMER_ID, NOON } from './builders.ts';

/** A journey as its last decision left it. */
export function aJourney(journey: Partial<Journey> = {}): Journey {
  return {
    v: 1,
    customerId: CUSTOMER_ID,
    phase: 'relationship',
    since: NOON,
    seq: 3,
    heard: 3,
    now: NOON,
    playbook: 1,
    agenda: [],
    counters: {},
    ...journey,
  };
}

/** A mail that was accepted, with all it takes to show it. */
export function aSend(send: Partial<Send> & { readonly touch: string }): Send {
  const occasion = send.occasion ?? '1';
  return {
    _id: `${CUSTOMER_ID}/${send.touch}/${occasion}`,
    customerId: CUSTOMER_ID,
    occasion,
    kind: 'marketing',
    due: NOON,
    state: 'accepted',
    outcome: { kind: 'accepted' },
    postponements: 0,
    delays: { count: 0 },
    resends: 0,
    ...send,
  };
}
