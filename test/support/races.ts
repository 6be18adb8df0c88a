import { expect } from '@jest/globals';
import { CustomerModel } from '../../data/customer-document.ts';
import { EventModel } from '../../data/event-document.ts';
import { toEvent } from '../../data/kept-event.ts';
import type { Known } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { fold } from '../../domain/facts.ts';

/** Checks all that must be true of the customers and events of a database, whatever happened at once. */
export async function expectSound(): Promise<void> {
  const kept = await CustomerModel.find().lean();
  const events = (await EventModel.find().sort({ customerId: 1, n: 1 }).lean()).map(toEvent);
  const byCustomer = Map.groupBy(events, ({ customerId }) => customerId);

  for (const { _id, n, known, mergedInto, externalIds, emailKey } of kept) {
    const own = byCustomer.get(_id) ?? [];
    if (mergedInto) {
      expect([own.length, externalIds, emailKey]).toEqual([0, undefined, undefined]);
      continue;
    }
    expect(own.map((event) => event.n)).toEqual(Array.from({ length: n }, (_, i) => i + 1));
    expect(withoutConsents(known)).toEqual(withoutConsents(folded(own)));
    expect(emailKey).toBe(known.profile.emailKey);
  }
  expect([...byCustomer.keys()].filter((id) => !kept.some(({ _id }) => _id === id))).toEqual([]);
}

/** What a merge does not fold anew: of consents the stricter stays. */
function withoutConsents(known: Known | undefined) {
  return known && { ...known, consents: {}, marks: { ...known.marks, consentedAt: {} } };
}

function folded(events: readonly StoredEvent[]): Known | undefined {
  const zone = 'Europe/Amsterdam';
  return events.reduce<Known | undefined>((known, event) => fold(known, event, zone), undefined);
}
