import { externalId, normaliseEmail } from './identity.ts';
import type { Incoming } from './incoming.ts';

/** One customer while their events are gathered. */
type Gathered = { readonly handles: Set<string>; readonly events: Incoming[] };

/**
 * The events by customer, in order of their first: who has the same id, or the same address, is one, as in the engine.
 */
export function byCustomer(events: readonly Incoming[]): Incoming[][] {
  const known = new Map<string, Gathered>();
  for (const event of events) {
    const handles = handlesOf(event);
    const [found = { handles: new Set<string>(), events: [] }, ...others] = new Set(
      handles.flatMap((handle) => known.get(handle) ?? []),
    );
    for (const other of others) take(other, found);
    take({ handles: new Set(handles), events: [event] }, found);
    for (const handle of found.handles) known.set(handle, found);
  }
  return [...new Set(known.values())].map(({ events: own }) => own);
}

function handlesOf({ source, customer: { id, email } }: Incoming): string[] {
  return [
    ...(id === undefined ? [] : [externalId(source, id)]),
    ...(email === undefined ? [] : [normaliseEmail(email)]),
  ];
}

function take(from: Gathered, into: Gathered): void {
  for (const handle of from.handles) into.handles.add(handle);
  into.events.push(...from.events);
}
