import type { Customer, Place } from '../domain/customer.ts';
import { forgetBefore, placeOf, type Refusal, refusalOf, takesPlace } from '../domain/proposal.ts';
import type { Attempt } from './send-touch.ts';

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

/**
 * Makes the last check, and takes the place under the caps by one conditional update: whatever was answered `202`
 * before that update wins. A held-out customer's would-be mail takes its place too.
 *
 * @returns why not, or nothing: the message may leave
 */
export async function admit(attempt: Attempt, customers: Customers): Promise<Refusal | undefined> {
  for (;;) {
    const customer = await customerOf(attempt, customers);
    const refusal = refusalOf(attempt, customer);
    if (!takesPlace(refusal)) return refusal;

    const seen = { n: customer.n, version: customer.contact.version };
    const place = placeOf(attempt);
    if (await customers.takePlace(customer.id, seen, place, forgetBefore(attempt))) return refusal;
  }
}

/** @throws when there is no such customer: a task without one is a bug */
export async function customerOf({ task }: Attempt, customers: Customers): Promise<Customer> {
  const customer = await customers.byId(task.customerId);
  if (!customer) throw new Error('no such customer');
  return customer;
}
