import { type TimeLapse, toLogical, toWall } from '../domain/clock.ts';
import type { Phase } from '../domain/phases.ts';

/** How far one customer's journey is, as its snapshot tells. */
export type Standing = {
  readonly customerId: string;
  /** The number of the last event stored. */
  readonly n: number;
  /** The number of the last event heard. */
  readonly heard: number;
  readonly phase?: Phase;
  /** Of the agenda's appointments, logical epoch milliseconds. */
  readonly dues: readonly number[];
};

/** Whether a journey has heard everything and has nothing due up to a moment. */
export function isSettled({ n, heard, dues }: Standing, end: number): boolean {
  return heard >= n && dues.every((due) => due > end);
}

/** What the engine has yet to do. */
export type Backlog = {
  /** Customers with anything unheard or overdue. */
  readonly waiting: number;
  /** How long the oldest of it has been waiting, milliseconds; 0 when nothing is. */
  readonly lagMs: number;
};

/**
 * Measures how long the oldest work that the engine could have done has been waiting, in wall time: an event
 * since it was posted, an appointment since its moment came, or since the event that planned it was posted.
 */
export class LagMeter {
  readonly #lapse: TimeLapse;
  /** Per customer, when the oldest event not yet heard was posted. */
  readonly #waiting = new Map<string, number>();
  /** Per customer, when the last event was posted. */
  readonly #last = new Map<string, number>();

  constructor(lapse: TimeLapse) {
    this.#lapse = lapse;
  }

  posted(customerId: string, wall: number): void {
    this.#last.set(customerId, wall);
    if (!this.#waiting.has(customerId)) this.#waiting.set(customerId, wall);
  }

  /**
   * @param standings read after the last call of `posted`
   * @param wall epoch milliseconds
   */
  measure(standings: readonly Standing[], wall: number): Backlog {
    const waiting = standings
      .map((standing) => Math.min(this.#unheardSince(standing), this.#dueSince(standing, wall)))
      .filter((since) => since < Infinity);
    return { waiting: waiting.length, lagMs: wall - Math.min(wall, ...waiting) };
  }

  #unheardSince({ customerId, n, heard }: Standing): number {
    if (heard >= n) this.#waiting.delete(customerId);
    return this.#waiting.get(customerId) ?? Infinity;
  }

  #dueSince({ customerId, dues }: Standing, wall: number): number {
    const due = Math.min(...dues);
    if (due > toLogical(this.#lapse, wall)) return Infinity;
    return Math.max(toWall(this.#lapse, due), this.#last.get(customerId) ?? 0);
  }
}
