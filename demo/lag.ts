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
   * @returns milliseconds, 0 when nothing waits
   */
  lagMs(standings: readonly Standing[], wall: number): number {
    const oldest = standings.flatMap((standing) => [
      this.#unheardSince(standing),
      this.#dueSince(standing, wall),
    ]);
    return wall - Math.min(wall, ...oldest.filter((since) => since !== undefined));
  }

  #unheardSince({ customerId, n, heard }: Standing): number | undefined {
    if (heard >= n) this.#waiting.delete(customerId);
    return this.#waiting.get(customerId);
  }

  #dueSince({ customerId, dues }: Standing, wall: number): number | undefined {
    const due = Math.min(...dues);
    if (due > toLogical(this.#lapse, wall)) return undefined; // none: Infinity
    return Math.max(toWall(this.#lapse, due), this.#last.get(customerId) ?? 0);
  }
}
