import type { Refusal } from '../domain/contact-policy.ts';
import type { Customer, Place } from '../domain/customer.ts';
import { forgetBefore, type Outgoing, placeOf, refusalOf, takesPlace } from '../domain/proposal.ts';
import { isStopped, type Sending } from '../domain/sending.ts';
import type { Attempt } from './send-touch.ts';
import { type SendingDays, takeTurn } from './warm-up.ts';

export type Customers = {
  byId(id: string): Promise<Customer | undefined>;
  /** Takes a place if nothing has changed since `seen`; false: look again. */
  takePlace(
    id: string,
    seen: { readonly n: number; readonly version: number },
    place: Place,
    forgetBefore: number,
  ): Promise<boolean>;
};

export type AdmissionDeps = {
  readonly customers: Customers;
  /** Whether mail leaves at all, asked of MongoDB each time. */
  readonly sending: { current(): Promise<Sending> };
  readonly sendingDays: SendingDays;
};

/**
 * Makes the last check, and takes the place under the caps by one conditional update: whatever was answered `202`
 * before that update wins. A would-be mail of a holdout or a rehearsal takes its place too. Whether mail is stopped is
 * asked after all else; what was taken is given back when the attempt is settled.
 *
 * @returns why not, or nothing: the message may leave
 */
export async function admit(attempt: Attempt, deps: AdmissionDeps): Promise<Refusal | undefined> {
  for (;;) {
    const customer = await customerOf(attempt, deps.customers);
    const refusal = refusalOf(attempt, customer) ?? (await takeTurn(attempt, customer, deps.sendingDays));
    if (!takesPlace(refusal)) return refusal;

    const seen = { n: customer.n, version: customer.contact.version };
    const place = placeOf(attempt);
    if (await deps.customers.takePlace(customer.id, seen, place, forgetBefore(attempt))) {
      return (await stopOf(attempt, deps)) ?? refusal;
    }
  }
}

/** That mail is stopped, if it is. */
export async function stopOf(
  { touch }: Pick<Outgoing, 'touch'>,
  { sending }: Pick<AdmissionDeps, 'sending'>,
): Promise<Refusal | undefined> {
  const isNow = isStopped(await sending.current(), touch.kind);
  return isNow ? { kind: 'postponed', reason: 'stopped' } : undefined;
}

/** @throws when there is no such customer: a task without one is a bug */
export async function customerOf(
  { task }: Pick<Outgoing, 'task'>,
  customers: Pick<Customers, 'byId'>,
): Promise<Customer> {
  const customer = await customers.byId(task.customerId);
  if (!customer) throw new Error('no such customer');
  return customer;
}
