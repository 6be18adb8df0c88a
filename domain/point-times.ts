import type { Customer } from './customer.ts';
import { dayNumber, onDay } from './local-time.ts';
import type { Playbook } from './playbook.ts';
import { addSpan } from './span.ts';

const DAY_MS = 86_400_000;

type Terms = Pick<Playbook, 'shop' | 'loyalty'>;

/** The zone whose days count for a customer. */
export function zoneFor({ known }: Customer, { shop }: Pick<Playbook, 'shop'>): string {
  return known.profile.timeZone ?? shop.timeZone;
}

/**
 * When points earned at a moment expire: at the end of the local month in which the time is up, so that many small
 * lots expire together, and one notice tells of them. Nothing where they never do.
 */
export function expiryOf(earnedAt: number, customer: Customer, playbook: Terms): { readonly until?: number } {
  const after = playbook.loyalty?.points?.expireAfter;
  if (!after) return {};
  const zone = zoneFor(customer, playbook);
  const day = new Date(dayNumber(addSpan(earnedAt, after, zone), zone) * DAY_MS);
  const nextMonth = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  return { until: onDay(nextMonth / DAY_MS, 0, zone) };
}
