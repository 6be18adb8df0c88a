import type { Incoming } from '../domain/incoming.ts';
import type { Playbook } from '../domain/playbook.ts';
import { readShopFile } from './shop-file.ts';

/** What a file tells of customers: what happened at its own time, and what they are like whenever that was told. */
export type CustomersFile = { readonly dated: readonly Incoming[]; readonly undated: readonly Incoming[] };

/**
 * Reads a file of customers that `rapport import` would take.
 *
 * @throws BadFile at the first line that cannot be read
 */
export async function readCustomers(path: string, playbook: Playbook): Promise<CustomersFile> {
  const { events } = await readShopFile(path, 'customers', playbook);
  return {
    dated: events.filter(({ consent }) => consent !== undefined),
    undated: events.filter(({ consent }) => consent === undefined),
  };
}
