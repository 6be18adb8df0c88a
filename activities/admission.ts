import { type ContactDecision, proposeContact } from '../domain/contact-policy.ts';
import type { Customer, Place } from '../domain/customer.ts';
import { factsOf } from '../domain/facts.ts';
import { matches } from '../domain/filter.ts';
import { stableShare } from '../domain/hash.ts';
import { sendKey } from '../domain/send.ts';
import type { Attempt } from './send-touch.ts';

const DAY_MS = 86_400_000;

export type Customers = {
  byId(id: string): Promise<Customer | undefined>;
  /** Takes a place if nothing has changed since `seen`; false: look again. */
  takePlace(
    id: string,
    seen: { n: number; version: number },
    place: Place,
    forgetBefore: number,
  ): Promise<boolean>;
};

/** Why a touch does not leave now. */
export type Refusal = Exclude<ContactDecision, { kind: 'send' }>;

/** Whether this customer may be contacted, as they are known now. */
export function propose({ task, touch, playbook, at }: Attempt, customer: Customer): ContactDecision {
  const { journey, known } = customer;
  const facts = factsOf(
    customer,
    at,
    task.phase,
    journey?.since ?? known.createdAt,
    playbook.contact.holdout,
  );
  return proposeContact({
    customer,
    touch,
    playbook,
    key: sendKey(task),
    at,
    expires: task.expires,
    wanted: !touch.when || matches(touch.when, facts, at),
    inHoldout: stableShare(customer.id, 'holdout') < playbook.contact.holdout,
  });
}

/**
 * Makes the last check, and takes the place under the caps by one conditional update: whatever was answered `202`
 * before that update wins. A held-out customer's would-be mail takes its place too.
 *
 * @returns why not, or nothing: the message may leave
 */
export async function admit(attempt: Attempt, customers: Customers): Promise<Refusal | undefined> {
  for (;;) {
    const customer = await customerOf(attempt, customers);
    const decision = propose(attempt, customer);
    const refusal = decision.kind === 'send' ? undefined : decision;
    if (refusal && !isHoldout(refusal)) return refusal;
    if (await takePlace(attempt, customer, customers)) return refusal;
  }
}

function isHoldout(refusal: Refusal): boolean {
  return refusal.kind === 'skipped' && refusal.reason === 'holdout';
}

function takePlace(
  { task, touch, playbook, at }: Attempt,
  customer: Customer,
  customers: Customers,
): Promise<boolean> {
  const place = { key: sendKey(task), due: at, kind: touch.kind };
  const longest = Math.max(0, ...playbook.contact.caps.map(({ days }) => days));
  const seen = { n: customer.n, version: customer.contact.version };
  return customers.takePlace(customer.id, seen, place, at - (longest + 1) * DAY_MS);
}

/** @throws when there is no such customer: a task without one is a bug */
export async function customerOf({ task }: Attempt, customers: Customers): Promise<Customer> {
  const customer = await customers.byId(task.customerId);
  if (!customer) throw new Error('no such customer');
  return customer;
}
