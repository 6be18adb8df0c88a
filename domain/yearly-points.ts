import type { EventData } from './event.ts';
import type { Task } from './journey.ts';
import type { Loyalty } from './loyalty.ts';
import type { Touch } from './playbook.ts';

/** What comes round by the calendar, and can earn points. */
export const YEARLY: readonly string[] = ['birthday', 'anniversary'];

/**
 * The touches that no marketer writes: one for each day that comes round and earns points. Nobody gets a mail by it;
 * it stands on the agenda as any other, and gives the points on the day.
 */
export function pointTouches(loyalty: Loyalty | undefined): Touch[] {
  const days = new Set(Object.values(loyalty?.points?.earn ?? {}).map(({ on }) => on));
  return YEARLY.filter((on) => days.has(on)).map((on) => ({
    ...{ name: `points-${on}`, on, does: 'points', after: {}, kind: 'service', topic: 'service' },
    ...{ cancelOn: [], again: false, priority: 50 },
  }));
}

/** What is kept of such a day, and by which id: once a year, however often it is told. */
type YearlyPoints = {
  readonly id: string;
  readonly event: { readonly type: 'points'; readonly at: number; readonly data: EventData };
};

export function yearlyPoints({ customerId, because, occasion, due }: Omit<Task, 'timeoutMs'>): YearlyPoints {
  const { type: of } = because;
  const event = { type: 'points', at: due, data: { of, occasion } } as const;
  return { id: `points/${of}/${customerId}/${occasion}`, event };
}
