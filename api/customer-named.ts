import { z } from 'zod';
import type { Customer } from '../domain/customer.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

export const IdParams = z.object({ id: z.string().describe('our id of the customer, or `shop:c-17`') });

/**
 * The customer a path names; of one who was merged, the one they became.
 *
 * @throws Problem 404 when there is none, 410 when they were erased
 */
export async function customerNamed(
  { find }: Pick<ApiDeps['customers'], 'find'>,
  ref: string,
): Promise<Customer> {
  const customer = await find(ref);
  if (!customer) throw noCustomer();
  if (customer.erased) throw new Problem(410, 'this customer was erased; nothing is kept of them');
  return customer;
}

export function noCustomer(): Problem {
  return new Problem(404, 'there is no customer with this id');
}
