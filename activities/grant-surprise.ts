import type { grants } from '../data/grants.ts';
import type { Reservation } from '../data/reserve.ts';
import { isChosen } from '../domain/chosen.ts';
import type { Refusal } from '../domain/contact-policy.ts';
import type { Customer } from '../domain/customer.ts';
import { factsOf } from '../domain/facts.ts';
import type { Grant } from '../domain/grant.ts';
import { refusalOf } from '../domain/proposal.ts';
import { isTold, type SendOutcome, sendKey } from '../domain/send.ts';
import { addSpan } from '../domain/span.ts';
import { hasCode, surpriseOf } from '../domain/surprise.ts';
import { type Customers, customerOf } from './admission.ts';
import type { Attempt } from './send-touch.ts';

export type GrantDeps = {
  readonly grants: Pick<typeof grants, 'give' | 'isOurs' | 'confirm' | 'release'>;
  readonly customers: Customers;
};

/** What a mail is to tell of, or why it may not leave. */
type Granted = { readonly grant?: Grant; readonly refusal?: Refusal };

/**
 * Takes what a touch gives out of its budget, before its mail is composed: no mail for a gift that does not exist.
 *
 * The grant is pending until the attempt is settled, and then the customer's, or given back. Should this worker die, the
 * next attempt takes it up, or a worker finishes it once the lease has run out: no gift that nobody heard of.
 */
export async function grantSurprise(attempt: Attempt, customer: Customer, deps: GrantDeps): Promise<Granted> {
  const { task, touch, playbook, claim, at } = attempt;
  const surprise = surpriseOf(touch, playbook);
  if (!surprise) return {};

  const since = customer.journey?.since ?? at;
  const { tier } = factsOf(customer, at, { phase: task.phase, since }, playbook);
  const reservation = await deps.grants.give({
    ...{ id: sendKey(task), customerId: customer.id, surprise, tier, at },
    ...{ zone: playbook.shop.timeZone, touch: touch.name, occasion: task.occasion, ahead: isChosen(task) },
    mail: { owner: claim.owner, leaseUntil: claim.leaseUntil },
  });
  if (reservation.kind === 'reserved') return { grant: reservation.grant };
  return { refusal: await refusalBy(reservation, attempt, deps) };
}

async function refusalBy(
  reservation: Exclude<Reservation, { kind: 'reserved' }>,
  attempt: Attempt,
  deps: GrantDeps,
): Promise<Refusal> {
  if (reservation.kind === 'later') return { kind: 'postponed', until: reservation.until, reason: 'budget' };
  if (reservation.reason !== 'gone') return { kind: 'skipped', reason: reservation.reason };
  const now = refusalOf(attempt, await customerOf(attempt, deps.customers));
  return now ?? { kind: 'skipped', reason: 'merged' };
}

/** What a rehearsed mail shows in the place of a grant: nothing is taken out of any budget. */
export function wouldBeGranted(attempt: Attempt): Attempt {
  const { task, touch, playbook, at } = attempt;
  const surprise = surpriseOf(touch, playbook);
  if (!surprise) return attempt;
  const { name, kind, title, value, expires } = surprise;
  const grant: Grant = {
    ...{ id: sendKey(task), customerId: task.customerId, surprise: name, kind, status: 'pending' },
    ...{ budget: name, cost: 0, reservedAt: at },
    ...(title && { title }),
    ...(value && { value: value.amount, currency: value.currency }),
    ...(hasCode(surprise) && { code: 'REHEARSAL' }),
    ...(expires && { expiresAt: addSpan(at, expires, playbook.shop.timeZone) }),
  };
  return { ...attempt, grant };
}

/**
 * Makes sure, when the mail is about to leave, that what it tells of is still there.
 *
 * @returns why it may not leave: a worker took this one for dead, and gave the grant back
 */
export async function stillGranted(
  attempt: Attempt,
  { grants }: Pick<GrantDeps, 'grants'>,
): Promise<Refusal | undefined> {
  if (!attempt.grant) return undefined;
  const isOurs = await grants.isOurs(attempt.grant.id, attempt.claim.owner);
  return isOurs ? undefined : { kind: 'postponed', until: attempt.at, reason: 'budget' };
}

/** Makes a grant the customer's, whose mail has left or may have; else gives it back. Again, it changes nothing. */
export async function settleGrant(
  { key, owner, at }: { readonly key: string; readonly owner?: string; readonly at: number },
  outcome: SendOutcome,
  { grants }: Pick<GrantDeps, 'grants'>,
): Promise<void> {
  await (isTold(outcome) ? grants.confirm(key, at) : grants.release(key, at, owner));
}
