import { z } from 'zod';
import type { Customer } from '../domain/customer.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

export const IdParams = z.object({ id: z.string().describe('our id of the customer, or `shop:c-17`') });

/**
 * The customer a path names; of one who was merged, the one they became.
 *
 * @throws Problem 404 when there is none, or they were erased
 */
export async function customerNamed(
  { find }: Pick<ApiDeps['customers'], 'find'>,
  ref: string,
): Promise<Customer> {
  const customer = await find(ref);
  if (!customer || customer.erased) throw new Problem(404, 'there is no customer with this id');
  return customer;
}
