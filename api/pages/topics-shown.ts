import { topicsOffered } from '../../domain/joining.ts';
import { marketingAmong } from '../../domain/topics.ts';
import type { Guest } from './guest.ts';

/** The topics a customer chooses among: those the playbook writes about, and those they once consented to. */
export function topicsShown({
  customer,
  visit: { playbook },
}: Pick<Guest, 'customer' | 'visit'>): readonly string[] {
  const told = Object.entries(customer.known.consents).filter(([, { granted }]) => granted);
  const all = [...topicsOffered(playbook), ...told.map(([topic]) => topic)];
  return marketingAmong(playbook, [...new Set(all)]);
}
