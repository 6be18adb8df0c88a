/** What time it is. Instants are epoch milliseconds. */
export type Clock = {
  /** The moment that rules see: logical in a time-lapse. */
  now(): number;
  /** The server's wall time: leases run on it, in a time-lapse too. */
  serverTime(): number;
};

/** A time-lapse: logical time runs `speed` times as fast as the wall's, from a pair of moments that agree. */
export type TimeLapse = { readonly speed: number; readonly wallStart: number; readonly logicalStart: number };

/** Real time: both clocks are one. */
export const REAL_TIME: TimeLapse = { speed: 1, wallStart: 0, logicalStart: 0 };

/** The logical moment of a moment on the wall clock. */
export function toLogical({ speed, wallStart, logicalStart }: TimeLapse, wall: number): number {
  return Math.floor(logicalStart + (wall - wallStart) * speed);
}

/** The moment on the wall clock, rounded up, at which a logical moment has come. */
export function toWall({ speed, wallStart, logicalStart }: TimeLapse, logical: number): number {
  return Math.ceil(wallStart + (logical - logicalStart) / speed);
}

/** Whether time is logical: then a late clock never changes a decision. */
export function isTimeLapse({ speed }: TimeLapse): boolean {
  return speed !== 1;
}
