import { isSettled, type Standing } from './lag.ts';
import type { Posted } from './script.ts';

/**
 * The events yet to be posted. Each waits for its time, and until its customer's journey has heard the one before
 * and has done all that came due before it: so a late engine decides what a quick one would.
 */
export class Feed {
  #coming: readonly Posted[];
  /** Rapport's customer of the shop's. */
  readonly #customerIds = new Map<string, string>();

  constructor(script: readonly Posted[]) {
    this.#coming = script;
  }

  /** Whether nothing is left that happened up to a moment. */
  isOver(end: number): boolean {
    return this.#coming.every(({ at }) => Date.parse(at) > end);
  }

  /** Takes the events that may be posted now, at most one a customer. */
  take(now: number, room: number, standings: readonly Standing[]): readonly Posted[] {
    const standingOf = new Map(standings.map((standing) => [standing.customerId, standing]));
    const seen = new Set<string>();
    const ready = this.#coming.filter(({ at, customer }) => {
      if (Date.parse(at) > now || seen.has(customer.id)) return false;
      seen.add(customer.id);
      const standing = standingOf.get(this.#customerIds.get(customer.id) ?? '');
      return !standing || isSettled(standing, Date.parse(at));
    });
    const taken = new Set(ready.slice(0, room));
    this.#coming = this.#coming.filter((event) => !taken.has(event));
    return [...taken];
  }

  /** Notes who the shop's customers are here. */
  posted(events: readonly Posted[], customerIds: readonly string[]): void {
    events.forEach(({ customer }, index) => {
      this.#customerIds.set(customer.id, customerIds[index] ?? '');
    });
  }
}
