import { keptRef } from '../api/kept-ref.ts';
import { customers } from '../data/customers.ts';
import { type Erasure, erasures } from '../data/erasures.ts';
import { keyedHash } from '../domain/hash.ts';
import { isEmail, normaliseEmail } from '../domain/identity.ts';

/**
 * Has a customer erased.
 *
 * @param who our id, the shop's (`shop:c-17`), or the address
 * @returns undefined when there is nobody of this name
 */
export async function eraseCustomer(who: string, hashKey: string): Promise<Erasure | undefined> {
  const customer = isEmail(who)
    ? await customers.ofAddress(keyedHash(hashKey, normaliseEmail(who)))
    : await customers.find(keptRef(hashKey, who));
  return customer && erasures.ask(customer.id, 'command', Date.now());
}

/** How far it is, in words. */
export function erasureText({ customerId, doneAt }: Erasure): string {
  if (doneAt) return `${customerId} was erased.`;
  return `${customerId} is erased: nothing is known of them, no mail begins. A running worker deletes what is left.`;
}
