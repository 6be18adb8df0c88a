import type { StoredEvent } from './event.ts';
import type { Cause } from './journey.ts';
import { firstAtTime } from './local-time.ts';
import type { Touch } from './playbook.ts';
import { addSpan } from './span.ts';

/** Events that are about one order: their touches happen once an order. */
const ABOUT_AN_ORDER = ['purchase', 'shipped', 'delivered', 'cancelled', 'refund', 'comeback'];

/** Which time a touch happens, when an event causes it: the order's id, or else the event's. */
export function occasionOf(event: StoredEvent): string {
  return ABOUT_AN_ORDER.includes(event.type) && event.data?.orderId ? event.data.orderId : event.id;
}

/** Whether a touch's occasions are orders. */
export function isAboutAnOrder(touch: Touch): boolean {
  return ABOUT_AN_ORDER.includes(touch.on);
}

export function causeOf({ type, id, at }: StoredEvent): Cause {
  return { type, id, at };
}

/** The moment that a cause and the playbook ask for: the delay from the cause, then the touch's time of day. */
export function wantedAt(touch: Touch, because: Cause, zone: string): number {
  const after = addSpan(because.at, touch.after, zone);
  return touch.at ? firstAtTime(after, touch.at, zone) : after;
}
