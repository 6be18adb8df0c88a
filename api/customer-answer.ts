import type { z } from 'zod';
import type { Consent, Customer } from '../domain/customer.ts';
import type { CustomerAnswer } from './answers.ts';
import { iso, type Moment } from './journey-answer.ts';
import { phaseOf, stateOf } from './journey-state.ts';

/** A customer as the API tells of them: what is known, without what it was folded from. */
export function customerAnswer(
  customer: Customer,
  { playbook, now }: Moment,
): z.output<typeof CustomerAnswer> {
  const { profile, metThrough, consents, createdAt } = customer.known;
  return {
    id: customer.id,
    externalIds: [...customer.externalIds],
    phase: phaseOf(customer, playbook, now),
    state: stateOf(customer, now),
    createdAt: iso(createdAt),
    email: profile.email ?? null,
    objection: customer.known.objection ? { at: iso(customer.known.objection.at) } : null,
    suppressed: customer.suppressed ?? null,
    name: profile.name ?? {},
    locale: profile.locale ?? null,
    timeZone: profile.timeZone ?? null,
    birthday: profile.birthday ?? null,
    interests: [...(profile.interests ?? [])],
    answered: [...profile.answered],
    metThrough: metThrough ? { ...metThrough, at: iso(metThrough.at) } : null,
    consents: Object.fromEntries(Object.entries(consents).map(consentAnswer)),
  };
}

function consentAnswer([topic, { granted, basis, at }]: [string, Consent]) {
  return [topic, { granted, basis: basis ?? null, at: iso(at) }] as const;
}
